// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * One message (RFC 3525 section 8.2).
 *
 * <pre>{@code
 * [Authentication = 0x..:0x..:0x..] MEGACO/version mId  (Error = code {"text"} | 1*transaction)
 * }</pre>
 *
 * @param authentication the authentication header's text after its equal sign, or null; kept, never checked
 * @param version        protocol version, 1 to 99
 * @param sender         who sent it
 * @param error          the error that the whole message is, or null
 * @param transactions   what it carries; empty only if {@code error} is there
 */
public record MegacoMessage(String authentication, int version, Mid sender, ErrorDescriptor error,
    List<Transaction> transactions) {

    /** SCTP payload protocol identifier of H.248 (IANA). */
    public static final int PPID = 7;
    /** The version this software speaks: RFC 3525 is version 1 with corrections. */
    public static final int VERSION = 1;

    public MegacoMessage {
        transactions = List.copyOf(transactions);
        if (sender == null || (error == null) == transactions.isEmpty()) {
            throw new IllegalArgumentException("a message has a sender, and either an error or transactions");
        }
    }

    /** A message of our version with transactions. */
    public static MegacoMessage of(final Mid sender, final Transaction... transactions) {
        return new MegacoMessage(null, VERSION, sender, null, List.of(transactions));
    }

    /** A message that is an error. */
    public static MegacoMessage error(final Mid sender, final int code, final String text) {
        return new MegacoMessage(null, VERSION, sender, new ErrorDescriptor(code, text), List.of());
    }
}
