// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.m3ua;

import org.poolswitch.runtime.MalformedException;

/** An M3UA message that cannot be taken, with the error code that tells its sender why (RFC 4666 section 3.8.1). */
public final class M3uaException extends MalformedException {
    private static final long serialVersionUID = 1L;
    private final int errorCode;

    public M3uaException(final int errorCode, final String reason) {
        super(reason);
        this.errorCode = errorCode;
    }

    /** The error code. */
    public int errorCode() {
        return errorCode;
    }
}
