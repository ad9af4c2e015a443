// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.Bytes;

/**
 * Puts fragments together and streams in order (RFC 9260 sections 6.5, 6.6, 6.9). The common case, a whole message that
 * is next in its stream, goes straight to the event queue.
 */
final class Reassembly {
    private static final int FLAG_END = 1;
    private static final int FLAG_BEGIN = 2;
    private static final int FLAG_UNORDERED = 4;
    private static final int WHOLE = FLAG_BEGIN | FLAG_END;

    private record Fragment(int flags, int stream, int ssn, int ppid, byte[] data) {
    }

    private record Waiting(int ppid, byte[] data) {
    }

    private final SctpConfig config;
    private final EventQueue events;
    private final Association association;
    private final Map<Integer, Fragment> fragments = new HashMap<>();
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private short[] nextSsn = new short[0];

    Reassembly(final SctpConfig config, final EventQueue events, final Association association) {
        this.config = config;
        this.events = events;
        this.association = association;
    }

    /** @return octets that were thrown away (normally 0), or -1 if the peer broke the protocol */
    int onFragment(final byte[] b, final int at, final int tsn, final int octets) {
        final int flags = b[at + 1] & (WHOLE | FLAG_UNORDERED);
        final int stream = Bytes.u16(b, at + 8);
        final int ssn = Bytes.u16(b, at + 10);
        final int ppid = Bytes.i32(b, at + 12);
        final int data = at + Outbound.DATA_HEADER;
        if ((flags & WHOLE) != WHOLE) {
            final byte[] copy = new byte[octets];
            System.arraycopy(b, data, copy, 0, octets);
            fragments.put(tsn, new Fragment(flags, stream, ssn, ppid, copy));
            return assemble(tsn);
        }
        if ((flags & FLAG_UNORDERED) != 0) {
            events.message(association, stream, ppid, true, b, data, octets);
        } else if (ssn == next(stream)) {
            events.message(association, stream, ppid, false, b, data, octets);
            advance(stream);
        } else {
            final byte[] copy = new byte[octets];
            System.arraycopy(b, data, copy, 0, octets);
            return wait(stream, ssn, ppid, copy);
        }
        return 0;
    }

    private int next(final int stream) {
        return stream < nextSsn.length ? nextSsn[stream] & 0xffff : 0;
    }

    private void advance(final int stream) {
        if (stream >= nextSsn.length) {
            nextSsn = Arrays.copyOf(nextSsn, Math.max(stream + 1, 2 * nextSsn.length));
        }
        nextSsn[stream]++;
        while (!waiting.isEmpty()) {
            final Waiting w = waiting.remove(key(stream, nextSsn[stream] & 0xffff));
            if (w == null) {
                return;
            }
            events.message(association, stream, w.ppid(), false, w.data(), 0, w.data().length);
            nextSsn[stream]++;
        }
    }

    private static int key(final int stream, final int ssn) {
        return stream << 16 | ssn;
    }

    private int wait(final int stream, final int ssn, final int ppid, final byte[] data) {
        // an SSN that was delivered already, or is there already, cannot come with a new TSN
        if ((short) (ssn - next(stream)) < 0
            || waiting.putIfAbsent(key(stream, ssn), new Waiting(ppid, data)) != null) {
            return data.length;
        }
        return 0;
    }

    private int assemble(final int tsn) {
        int first = tsn;
        while ((fragments.get(first).flags() & FLAG_BEGIN) == 0) {
            final Fragment before = fragments.get(first - 1);
            if (before == null) {
                return 0;
            }
            if ((before.flags() & FLAG_END) != 0) {
                return -1;
            }
            first--;
        }
        final Fragment begin = fragments.get(first);
        int last = first;
        int octets = begin.data().length;
        while ((fragments.get(last).flags() & FLAG_END) == 0) {
            final Fragment after = fragments.get(last + 1);
            if (after == null) {
                return octets > config.maxMessageOctets() ? -1 : 0;
            }
            if ((after.flags() & FLAG_BEGIN) != 0 || after.stream() != begin.stream()) {
                return -1;
            }
            last++;
            octets += after.data().length;
        }
        if (octets > config.maxMessageOctets()) {
            return -1;
        }
        return deliver(first, last, octets, begin);
    }

    private int deliver(final int first, final int last, final int octets, final Fragment begin) {
        final byte[] whole = new byte[octets];
        int n = 0;
        for (int tsn = first; tsn - last <= 0; tsn++) {
            final byte[] part = fragments.remove(tsn).data();
            System.arraycopy(part, 0, whole, n, part.length);
            n += part.length;
        }
        if ((begin.flags() & FLAG_UNORDERED) != 0) {
            events.message(association, begin.stream(), begin.ppid(), true, whole, 0, octets);
        } else if (begin.ssn() == next(begin.stream())) {
            events.message(association, begin.stream(), begin.ppid(), false, whole, 0, octets);
            advance(begin.stream());
        } else {
            return wait(begin.stream(), begin.ssn(), begin.ppid(), whole);
        }
        return 0;
    }
}
