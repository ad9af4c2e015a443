// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** What a message carries (RFC 3525 section 8.2). */
public sealed interface Transaction
    permits TransactionRequest, TransactionReply, TransactionPending, TransactionAck {
    /** Largest TransactionID (UINT32). */
    long MAX_ID = 0xffffffffL;
}
