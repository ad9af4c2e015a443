// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the user messages in a capture's SCTP packets, straight over IP or in UDP (RFC 6951). Retransmissions are
 * dropped; fragmented messages are put together when all fragments were captured. Checksums are not looked at, because
 * captures taken before an offloading card have none.
 *
 * <pre>
 *  DATA chunk (RFC 9260 section 3.3.1):
 *  type 0 | flags (I U B E) | length | TSN | stream | stream sequence number | PPID | user data
 * </pre>
 */
public final class SctpDataExtractor {
    private static final int COMMON_HEADER = 12;
    private static final int DATA_HEADER = 16;
    private static final int UDP_HEADER = 8;
    private static final int FLAG_END = 1;
    private static final int FLAG_BEGIN = 2;
    /** Fragments of one direction that may wait for the rest. 256: 350 KiB of one message. */
    private static final int MOST_FRAGMENTS = 256;

    private record Direction(InetAddress from, int fromPort, InetAddress to, int toPort, int verificationTag) {
    }

    private record Fragment(long timeNs, int flags, int stream, int ppid, byte[] data) {
    }

    private static final class State {
        private final Set<Integer> seen = new HashSet<>();
        private final TreeMap<Integer, Fragment> fragments = new TreeMap<>((a, b) -> Integer.compare(a - b, 0));
    }

    private final int encapsulationPort;
    private final Map<Direction, State> states = new HashMap<>();
    private final List<SctpData> result = new ArrayList<>();

    private SctpDataExtractor(final int encapsulationPort) {
        this.encapsulationPort = encapsulationPort;
    }

    /**
     * The user messages of a capture.
     *
     * @param encapsulationPort UDP port that carries SCTP, usually 9899
     */
    public static List<SctpData> extract(final List<CapturedPacket> packets, final int encapsulationPort) {
        final SctpDataExtractor extractor = new SctpDataExtractor(encapsulationPort);
        for (final CapturedPacket packet : packets) {
            extractor.packet(packet);
        }
        return extractor.result;
    }

    private void packet(final CapturedPacket packet) {
        final ByteBuffer in = ByteBuffer.wrap(packet.payload());
        if (packet.protocol() == CapturedPacket.SCTP) {
            sctp(packet, in);
        } else if (packet.protocol() == CapturedPacket.UDP && in.remaining() >= UDP_HEADER) {
            final boolean carriesSctp = (in.getShort(0) & 0xffff) == encapsulationPort
                || (in.getShort(2) & 0xffff) == encapsulationPort;
            if (carriesSctp) {
                in.position(UDP_HEADER);
                sctp(packet, in.slice());
            }
        }
    }

    private void sctp(final CapturedPacket packet, final ByteBuffer in) {
        if (in.remaining() < COMMON_HEADER) {
            return;
        }
        final Direction direction = new Direction(packet.from(), in.getShort(0) & 0xffff, packet.to(),
            in.getShort(2) & 0xffff, in.getInt(4));
        int at = COMMON_HEADER;
        while (at + 4 <= in.limit()) {
            final int length = in.getShort(at + 2) & 0xffff;
            if (length < 4 || at + length > in.limit()) {
                return;
            }
            if (in.get(at) == 0 && length > DATA_HEADER) {
                data(packet.timeNs(), direction, in, at, length);
            }
            at += length + 3 & ~3;
        }
    }

    private void data(final long timeNs, final Direction direction, final ByteBuffer in, final int at,
        final int length) {
        final State state = states.computeIfAbsent(direction, d -> new State());
        final int tsn = in.getInt(at + 4);
        if (!state.seen.add(tsn)) {
            return;
        }
        final byte[] data = new byte[length - DATA_HEADER];
        in.get(at + DATA_HEADER, data);
        final int flags = in.get(at + 1) & (FLAG_BEGIN | FLAG_END);
        final Fragment fragment = new Fragment(timeNs, flags, in.getShort(at + 8) & 0xffff, in.getInt(at + 12), data);
        if (flags == (FLAG_BEGIN | FLAG_END)) {
            deliver(direction, fragment, fragment.stream(), fragment.ppid(), data);
            return;
        }
        if (state.fragments.size() == MOST_FRAGMENTS) {
            state.fragments.pollFirstEntry();
        }
        state.fragments.put(tsn, fragment);
        assemble(direction, state, tsn);
    }

    /** Fragments of one message have consecutive TSNs (RFC 9260 section 6.9). */
    private void assemble(final Direction direction, final State state, final int tsn) {
        int first = tsn;
        while (state.fragments.get(first).flags() != FLAG_BEGIN) {
            final Fragment before = state.fragments.get(--first);
            if (before == null || before.flags() == FLAG_END) {
                return;
            }
        }
        int last = tsn;
        while (state.fragments.get(last).flags() != FLAG_END) {
            final Fragment after = state.fragments.get(++last);
            if (after == null || after.flags() == FLAG_BEGIN) {
                return;
            }
        }
        int octets = 0;
        for (int t = first; t != last + 1; t++) {
            octets += state.fragments.get(t).data().length;
        }
        final ByteBuffer whole = ByteBuffer.allocate(octets);
        final Fragment begin = state.fragments.get(first);
        Fragment end = begin;
        for (int t = first; t != last + 1; t++) {
            end = state.fragments.remove(t);
            whole.put(end.data());
        }
        deliver(direction, end, begin.stream(), begin.ppid(), whole.array());
    }

    private void deliver(final Direction d, final Fragment last, final int stream, final int ppid,
        final byte[] payload) {
        result.add(new SctpData(last.timeNs(), d.from(), d.fromPort(), d.to(), d.toPort(), stream, ppid, payload));
    }
}
