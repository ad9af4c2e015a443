// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * Why DRJ (H.225.0 section 7.14).
 *
 * <pre>
 * DisengageRejectReason ::= CHOICE { notRegistered, requestToDropOther NULL, ..., securityDenial, securityError }
 * </pre>
 */
public enum DisengageRejectReason {
    NOT_REGISTERED, REQUEST_TO_DROP_OTHER, SECURITY_DENIAL,
    /** Its value, which says what kind of error, is skipped; never sent. */
    SECURITY_ERROR,
    /** An alternative of a later edition; never sent. */
    LATER;

    static DisengageRejectReason decode(final PerReader in) throws MalformedException {
        return values()[Math.min(in.tag(2), LATER.ordinal())];
    }

    void encode(final PerWriter out) {
        out.tag(ordinal(), 2);
    }
}
