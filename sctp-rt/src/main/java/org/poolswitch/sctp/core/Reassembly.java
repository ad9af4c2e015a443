// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import org.agrona.collections.Int2ObjectHashMap;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.Bytes;

/**
 * Puts fragments together and streams in order (RFC 9260 sections 6.5, 6.6, 6.9). The common case, a whole message that
 * is next in its stream, goes straight to the event queue. Everything that has to wait costs the peer some of its
 * window beyond its octets, so that many tiny pieces cannot hold much memory.
 */
final class Reassembly {
    private static final int FLAG_END = 1;
    private static final int FLAG_BEGIN = 2;
    private static final int FLAG_UNORDERED = 4;
    private static final int WHOLE = FLAG_BEGIN | FLAG_END;
    /** What a piece that waits costs beside its octets: a record, an array's header, an entry in a map. */
    private static final int OVERHEAD = 96;

    private record Fragment(int flags, int stream, int ssn, int ppid, byte[] data) {
        private boolean has(final int flag) {
            return (flags & flag) != 0;
        }

        /** Section 6.9: fragments of one message have consecutive TSNs and agree in all else. */
        private boolean continues(final Fragment before) {
            return stream == before.stream && has(FLAG_UNORDERED) == before.has(FLAG_UNORDERED)
                && (ssn == before.ssn || has(FLAG_UNORDERED));
        }
    }

    private record Waiting(int ppid, byte[] data) {
    }

    private final SctpConfig config;
    private final Inbound inbound;
    /** Made when needed: most associations never see a fragment or a gap. */
    private Int2ObjectHashMap<Fragment> fragments;
    private Int2ObjectHashMap<Waiting> waiting;
    private final StreamNumbers numbers = new StreamNumbers();

    Reassembly(final SctpConfig config, final Inbound inbound) {
        this.config = config;
        this.inbound = inbound;
    }

    int overheadOctets() {
        return OVERHEAD * ((fragments == null ? 0 : fragments.size()) + (waiting == null ? 0 : waiting.size()));
    }

    /** @return octets that were thrown away (normally 0), or -1 if the peer broke the protocol */
    int onFragment(final byte[] b, final int at, final int tsn, final int octets) {
        final int flags = b[at + 1] & (WHOLE | FLAG_UNORDERED);
        final int stream = Bytes.u16(b, at + 8);
        final int ssn = Bytes.u16(b, at + 10);
        final int ppid = Bytes.i32(b, at + 12);
        final int data = at + Outbound.DATA_HEADER;
        if ((flags & WHOLE) != WHOLE) {
            if (fragments == null) {
                fragments = new Int2ObjectHashMap<>();
            }
            fragments.put(tsn, new Fragment(flags, stream, ssn, ppid, Arrays.copyOfRange(b, data, data + octets)));
            return assemble(tsn);
        }
        if (octets > config.maxMessageOctets()) {
            return -1;
        }
        if ((flags & FLAG_UNORDERED) != 0) {
            inbound.deliver(stream, ppid, true, b, data, octets);
        } else if (ssn == numbers.peek(stream)) {
            inbound.deliver(stream, ppid, false, b, data, octets);
            advance(stream);
        } else {
            return wait(stream, ssn, ppid, Arrays.copyOfRange(b, data, data + octets));
        }
        return 0;
    }

    /** One message of the stream was delivered; those behind it that wait may follow. */
    private void advance(final int stream) {
        numbers.take(stream);
        while (waiting != null && !waiting.isEmpty()) {
            final Waiting w = waiting.remove(key(stream, numbers.peek(stream)));
            if (w == null) {
                return;
            }
            inbound.deliver(stream, w.ppid(), false, w.data(), 0, w.data().length);
            numbers.take(stream);
        }
    }

    private static int key(final int stream, final int ssn) {
        return stream << 16 | ssn;
    }

    private int wait(final int stream, final int ssn, final int ppid, final byte[] data) {
        if (waiting == null) {
            waiting = new Int2ObjectHashMap<>();
        }
        // an SSN that was delivered already, or is there already, cannot come with a new TSN
        if ((short) (ssn - numbers.peek(stream)) < 0 || waiting.containsKey(key(stream, ssn))) {
            return data.length;
        }
        waiting.put(key(stream, ssn), new Waiting(ppid, data));
        return 0;
    }

    private int assemble(final int tsn) {
        int first = tsn;
        while (!fragments.get(first).has(FLAG_BEGIN)) {
            final Fragment before = fragments.get(first - 1);
            if (before == null) {
                return 0;
            }
            if (before.has(FLAG_END) || !fragments.get(first).continues(before)) {
                return -1;
            }
            first--;
        }
        final Fragment begin = fragments.get(first);
        int last = first;
        int octets = begin.data().length;
        while (!fragments.get(last).has(FLAG_END)) {
            final Fragment after = fragments.get(last + 1);
            if (after == null) {
                return octets > config.maxMessageOctets() ? -1 : 0;
            }
            if (after.has(FLAG_BEGIN) || !after.continues(begin)) {
                return -1;
            }
            last++;
            octets += after.data().length;
        }
        return octets > config.maxMessageOctets() ? -1 : deliver(first, last, octets, begin);
    }

    private int deliver(final int first, final int last, final int octets, final Fragment begin) {
        final byte[] whole = new byte[octets];
        int n = 0;
        for (int tsn = first; tsn - last <= 0; tsn++) {
            final byte[] part = fragments.remove(tsn).data();
            System.arraycopy(part, 0, whole, n, part.length);
            n += part.length;
        }
        if (begin.has(FLAG_UNORDERED)) {
            inbound.deliver(begin.stream(), begin.ppid(), true, whole, 0, octets);
        } else if (begin.ssn() == numbers.peek(begin.stream())) {
            inbound.deliver(begin.stream(), begin.ppid(), false, whole, 0, octets);
            advance(begin.stream());
        } else {
            return wait(begin.stream(), begin.ssn(), begin.ppid(), whole);
        }
        return 0;
    }

    /** RFC 3758 section 3.6: fragments that will never be whole. @return octets dropped */
    int dropFragments(final int upTo) {
        if (fragments == null || fragments.isEmpty()) {
            return 0;
        }
        int octets = 0;
        for (final var i = fragments.entrySet().iterator(); i.hasNext();) {
            i.next();
            if (i.getIntKey() - upTo <= 0) {
                octets += i.getValue().data().length;
                i.remove();
            }
        }
        return octets;
    }

    /** RFC 3758 section 3.6: messages of this stream up to that one are not waited for; what was ready goes out. */
    void skip(final int stream, final int ssn) {
        if (waiting == null || waiting.isEmpty()) {
            if ((short) (ssn - numbers.peek(stream)) >= 0) {
                numbers.set(stream, ssn + 1);
            }
            return;
        }
        while ((short) (ssn - numbers.peek(stream)) >= 0) {
            final int number = numbers.peek(stream);
            final Waiting w = waiting.remove(key(stream, number));
            if (w != null) {
                inbound.deliver(stream, w.ppid(), false, w.data(), 0, w.data().length);
            }
            if (number == ssn) {
                advance(stream);
            } else {
                numbers.take(stream);
            }
        }
    }

    /** Streams start again at 0; none named means all. */
    void resetStreams(final int[] streams) {
        numbers.reset(streams);
    }

    void clear() {
        fragments = null;
        waiting = null;
        numbers.clear();
    }
}
