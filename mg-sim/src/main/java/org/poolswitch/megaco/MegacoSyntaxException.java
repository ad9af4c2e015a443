// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import org.poolswitch.runtime.MalformedException;

/** Text that is no H.248 message; says where, and which transaction it broke if that much was legible. */
public final class MegacoSyntaxException extends MalformedException {
    /** {@link #transactionId()}: the trouble came before any TransactionID. */
    public static final long NO_TRANSACTION = -1;
    private static final long serialVersionUID = 1L;
    private final int position;
    private final long transactionId;

    MegacoSyntaxException(final String reason, final int position, final long transactionId) {
        super(reason + " at octet " + position);
        this.position = position;
        this.transactionId = transactionId;
    }

    /** Octets of the message that were read before the trouble. */
    public int position() {
        return position;
    }

    /** The request's TransactionID, for a reply with error 403, or {@link #NO_TRANSACTION} (answer error 400). */
    public long transactionId() {
        return transactionId;
    }
}
