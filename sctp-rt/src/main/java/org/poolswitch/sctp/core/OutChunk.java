// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/** One DATA chunk in flight (RFC 9260 section 3.3.1). Comes from a {@link MessagePool} and returns there. */
final class OutChunk {
    OutChunk next;
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
    /** It timed out where it was sent last: an alternate path is better (section 6.4.1). */
    boolean timedOut;
    boolean abandoned;
    /** Where it went last. */
    Path path;

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
        timedOut = false;
        abandoned = false;
        path = null;
    }

    /** Counted in its path's flight. */
    boolean isOutstanding() {
        return !acked && !toRetransmit && !abandoned;
    }
}
