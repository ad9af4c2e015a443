// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayDeque;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;

/** Answers to packets that belong to no association (RFC 9260 section 8.4), and to INITs: one packet, nothing kept. */
final class StatelessReplies {
    private static final int FLAG_T = 1;
    private static final int CAUSE_STALE_COOKIE = 3;
    /** Answers that may wait for the next flush; a flood of INITs gets no more. */
    private static final int LIMIT = 4096;

    private record Reply(InetAddress host, int udpPort, int from, int to, int tag, int type, int flags,
        byte[] value) {
    }

    private final ArrayDeque<Reply> waiting = new ArrayDeque<>();

    void initAck(final InetAddress host, final int udpPort, final int from, final int to, final int tag,
        final byte[] value) {
        add(new Reply(host, udpPort, from, to, tag, ChunkType.INIT_ACK, 0, value));
    }

    /** ABORT with the peer's own tag. */
    void abort(final InetAddress host, final int udpPort, final int from, final int to, final int tag) {
        add(new Reply(host, udpPort, from, to, tag, ChunkType.ABORT, 0, new byte[0]));
    }

    /** ABORT that reflects the tag of the packet it answers (section 8.4 rule 8). */
    void abortReflecting(final InetAddress host, final int udpPort, final int from, final int to, final int tag) {
        add(new Reply(host, udpPort, from, to, tag, ChunkType.ABORT, FLAG_T, new byte[0]));
    }

    /** SHUTDOWN COMPLETE for a SHUTDOWN ACK that nobody waits for (section 8.4 rule 5). */
    void shutdownComplete(final InetAddress host, final int udpPort, final int from, final int to, final int tag) {
        add(new Reply(host, udpPort, from, to, tag, ChunkType.SHUTDOWN_COMPLETE, FLAG_T, new byte[0]));
    }

    /** ERROR with a stale cookie cause and by how many microseconds it came too late (section 3.3.10.3). */
    void staleCookie(final InetAddress host, final int udpPort, final int from, final int to, final int tag,
        final long lateUs) {
        final byte[] cause = new byte[8];
        Bytes.put16(cause, 0, CAUSE_STALE_COOKIE);
        Bytes.put16(cause, 2, cause.length);
        Bytes.put32(cause, 4, (int) Math.min(Integer.MAX_VALUE, lateUs));
        add(new Reply(host, udpPort, from, to, tag, ChunkType.ERROR, 0, cause));
    }

    private void add(final Reply reply) {
        if (waiting.size() < LIMIT) {
            waiting.add(reply);
        }
    }

    void flush(final PacketBuilder packets, final long nowNs) {
        for (Reply r = waiting.poll(); r != null; r = waiting.poll()) {
            packets.begin(r.from(), r.to(), r.tag());
            packets.chunk(r.type(), r.flags(), r.value(), 0, r.value().length);
            packets.send(r.host(), r.udpPort(), nowNs);
        }
    }
}
