// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/** One DATA chunk in flight (RFC 9260 section 3.3.1). Reused: the ring that holds it never shrinks. */
final class OutChunk {
    int tsn;
    OutMessage message;
    int offset;
    int length;
    int flags;
    long sentNs;
    int transmissions;
    int missReports;
    boolean acked;
    boolean toRetransmit;
    boolean fastRetransmitted;

    void set(final int newTsn, final OutMessage of, final int from, final int octets, final int chunkFlags) {
        tsn = newTsn;
        message = of;
        offset = from;
        length = octets;
        flags = chunkFlags;
        sentNs = 0;
        transmissions = 0;
        missReports = 0;
        acked = false;
        toRetransmit = false;
        fastRetransmitted = false;
    }
}
