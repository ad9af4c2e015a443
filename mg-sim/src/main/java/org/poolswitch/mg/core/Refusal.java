// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.ErrorDescriptor;
import org.poolswitch.megaco.TerminationId;

/** Errors that several commands give. */
final class Refusal {
    private Refusal() {
    }

    static ErrorDescriptor of(final int code, final String text) {
        return new ErrorDescriptor(code, text);
    }

    static ErrorDescriptor notOwner(final MgContext context) {
        return of(ErrorCode.UNAUTHORISED, "context " + context.id + " belongs to " + context.owner.mid);
    }

    static ErrorDescriptor unknown(final TerminationId id) {
        return of(ErrorCode.UNKNOWN_TERMINATION, "no termination " + id);
    }

    static ErrorDescriptor notThere(final TerminationId id) {
        return of(ErrorCode.NOT_IN_CONTEXT, id + " is not in that context");
    }
}
