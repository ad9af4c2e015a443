// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayDeque;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.wire.ChunkType;

/** Answers to packets that belong to no association (RFC 9260 section 8.4), and to INITs: one packet, nothing kept. */
final class StatelessReplies {
    private static final byte[] NOTHING = new byte[0];
    /** Answers that may wait for the next flush; a flood of INITs gets no more. */
    private static final int LIMIT = 4096;

    private record Reply(Origin to, int tag, int type, int flags, byte[] value) {
    }

    private final Counters counters;
    private final ArrayDeque<Reply> waiting = new ArrayDeque<>();

    StatelessReplies(final Counters counters) {
        this.counters = counters;
    }

    void initAck(final Origin to, final int tag, final byte[] value) {
        add(new Reply(to, tag, ChunkType.INIT_ACK, 0, value));
    }

    /** ABORT with the peer's own tag and perhaps a cause. */
    void abort(final Origin to, final int tag, final byte[] cause) {
        add(new Reply(to, tag, ChunkType.ABORT, 0, cause == null ? NOTHING : cause));
    }

    /** ABORT that reflects the tag of the packet it answers (section 8.4 rule 8). */
    void abortReflecting(final Origin to, final int tag) {
        add(new Reply(to, tag, ChunkType.ABORT, ChunkType.FLAG_T, NOTHING));
    }

    /** SHUTDOWN COMPLETE for a SHUTDOWN ACK that nobody waits for (section 8.4 rule 5). */
    void shutdownComplete(final Origin to, final int tag) {
        add(new Reply(to, tag, ChunkType.SHUTDOWN_COMPLETE, ChunkType.FLAG_T, NOTHING));
    }

    void error(final Origin to, final int tag, final byte[] cause) {
        add(new Reply(to, tag, ChunkType.ERROR, 0, cause));
    }

    private void add(final Reply reply) {
        if (waiting.size() < LIMIT) {
            waiting.add(reply);
        } else {
            counters.increment(SctpCounter.REPLIES_DROPPED);
        }
    }

    void flush(final PacketWriter packets, final long nowNs) {
        for (Reply r = waiting.poll(); r != null; r = waiting.poll()) {
            packets.begin(r.to(), r.tag());
            packets.chunk(r.type(), r.flags(), r.value(), 0, r.value().length);
            packets.end(nowNs);
        }
    }

    /** Where a packet came from and where to: what an answer needs. */
    record Origin(InetAddress local, InetAddress remote, int udpPort, int remotePort, int localPort) {
    }
}
