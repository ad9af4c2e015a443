// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.ArrayDeque;
import org.poolswitch.sctp.wire.DataChunk;

/** Fragments of one message with consecutive TSNs (RFC 9260 section 6.9): a beginning, some of the middle, an end. */
final class FragmentRun {
    final int stream;
    final int ssn;
    final boolean unordered;
    int ppid;
    int first;
    int last;
    boolean begins;
    boolean ends;
    int octets;
    private final ArrayDeque<byte[]> parts = new ArrayDeque<>(4);

    FragmentRun(final int flags, final int stream, final int ssn, final int ppid, final int tsn, final byte[] data) {
        this.stream = stream;
        this.ssn = ssn;
        this.ppid = ppid;
        this.unordered = (flags & DataChunk.UNORDERED) != 0;
        this.begins = (flags & DataChunk.BEGIN) != 0;
        this.ends = (flags & DataChunk.END) != 0;
        this.first = tsn;
        this.last = tsn;
        this.octets = data.length;
        parts.add(data);
    }

    int fragments() {
        return parts.size();
    }

    boolean isWhole() {
        return begins && ends;
    }

    /** Whether the one behind continues this one, or both know that they belong to different messages. */
    boolean agreesWith(final FragmentRun behind) {
        return ends ? behind.begins : !behind.begins && stream == behind.stream && unordered == behind.unordered
            && (ssn == behind.ssn || unordered);
    }

    /** Takes over the fragments of the run that directly follows; the shorter one is moved. */
    FragmentRun join(final FragmentRun behind) {
        if (parts.size() >= behind.parts.size()) {
            parts.addAll(behind.parts);
            last = behind.last;
            ends = behind.ends;
            octets += behind.octets;
            return this;
        }
        for (final var i = parts.descendingIterator(); i.hasNext();) {
            behind.parts.addFirst(i.next());
        }
        behind.first = first;
        behind.begins = begins;
        behind.ppid = ppid;
        behind.octets += octets;
        return behind;
    }

    byte[] whole() {
        final byte[] whole = new byte[octets];
        int n = 0;
        for (final byte[] part : parts) {
            System.arraycopy(part, 0, whole, n, part.length);
            n += part.length;
        }
        return whole;
    }
}
