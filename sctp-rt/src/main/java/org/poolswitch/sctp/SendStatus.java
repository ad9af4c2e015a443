// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

/** What became of a send. Back-pressure is a value: nobody blocks. */
public enum SendStatus {
    /** Queued: the message will be acknowledged by the peer or handed back with the association's end. */
    ACCEPTED,
    /** The send queue's limit is reached; {@link SctpListener#onSendable} tells when to try again. */
    FULL,
    /** No such association, or it is shutting down. */
    CLOSED,
    /** Stream number or length is outside what the association negotiated; trying again will not help. */
    INVALID
}
