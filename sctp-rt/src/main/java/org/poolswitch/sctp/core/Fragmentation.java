// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.wire.CommonHeader;
import org.poolswitch.sctp.wire.DataChunk;

/** Cuts messages into chunks that fit into the path MTU (RFC 9260 section 6.9). */
final class Fragmentation {
    private static final int HEADERS = CommonHeader.LENGTH + DataChunk.HEADER;

    private Fragmentation() {
    }

    /** Octets of user data in the next chunk of the message at hand. */
    static int nextOctets(final SendQueue queue, final int pathMtu) {
        final OutMessage m = queue.unsent();
        return Math.min(m.length - m.taken, pathMtu - HEADERS & ~3);
    }

    /** The next chunk of the message at hand: from here on it has a TSN, and its message a sequence number. */
    static OutChunk cut(final SendQueue queue, final InFlight inFlight, final int octets) {
        final OutMessage m = queue.unsent();
        if (m.taken == 0) {
            queue.beginMessage(m);
        }
        int flags = m.unordered ? DataChunk.UNORDERED : 0;
        flags |= m.taken == 0 ? DataChunk.BEGIN : 0;
        flags |= m.taken + octets == m.length ? DataChunk.END : 0;
        final OutChunk chunk = inFlight.add(m, m.taken, octets, flags);
        m.firstTsn = m.taken == 0 ? chunk.tsn : m.firstTsn;
        m.taken += octets;
        m.fragmentsUnacked++;
        m.fragmentsHeld++;
        if (m.isCut()) {
            queue.nextUnsent();
        }
        return chunk;
    }
}
