// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.ErrorCauses;

/** Packets that belong to no association (RFC 9260 section 8.4). */
final class OutOfTheBlue {
    private OutOfTheBlue() {
    }

    /** Answers with one packet or not at all; the numbers are the section's rules. */
    static void answer(final StatelessReplies replies, final Counters counters, final StatelessReplies.Origin from,
        final int tag, final byte[] b, final int first, final int end) {
        counters.increment(SctpCounter.OUT_OF_THE_BLUE);
        if (!isNeverAnswered(b, first, end)) {
            if ((b[first] & 0xff) == ChunkType.SHUTDOWN_ACK) {
                // 5
                replies.shutdownComplete(from, tag);
            } else {
                // 8
                replies.abortReflecting(from, tag);
            }
        }
    }

    /**
     * Rules 2, 6 and 7, which come before the others wherever the chunk stands. Who has so many that not all of them
     * are looked at is not answered either: 65,000 octets of the shortest chunks would cost 100 µs.
     */
    private static boolean isNeverAnswered(final byte[] b, final int first, final int end) {
        int at = first;
        for (int n = 0; at + 4 <= end; n++) {
            if (n == ChunkDispatcher.MOST_CHUNKS) {
                return true;
            }
            final int type = b[at] & 0xff;
            final int length = Bytes.u16(b, at + 2);
            if (length < 4 || at + length > end) {
                return false;
            }
            if (type == ChunkType.ABORT || type == ChunkType.SHUTDOWN_COMPLETE || type == ChunkType.COOKIE_ACK
                || type == ChunkType.ERROR && ErrorCauses.firstCode(b, at, length) == ErrorCauses.STALE_COOKIE) {
                return true;
            }
            at += Bytes.padded(length);
        }
        return false;
    }

    /** Rule 1: what does not come from one host, or not to one, is never answered. */
    static boolean isUnicast(final StatelessReplies.Origin from) {
        return isUnicast(from.remote()) && !from.local().isMulticastAddress();
    }

    private static boolean isUnicast(final InetAddress address) {
        return !address.isMulticastAddress() && !address.isAnyLocalAddress()
            && !(address.getAddress().length == 4 && address.getAddress()[0] == (byte) 0xff);
    }
}
