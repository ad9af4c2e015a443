// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.util.Arrays;
import java.util.BitSet;

/** What came in, and what was wrong with it. */
final class Verdict {
    private final Pattern pattern;
    private final int most;
    private final BitSet seen = new BitSet();
    private final int[] newest;
    private int messages;
    private long octets;
    private int wrong;
    private int outOfOrder;
    private int doubled;

    /**
     * @param pattern what the peer sends
     * @param most    how many messages it sends
     */
    Verdict(final Pattern pattern, final int most) {
        this.pattern = pattern;
        this.most = most;
        this.newest = new int[pattern.streams()];
        Arrays.fill(newest, -1);
    }

    /** Judges one whole message. */
    void judge(final int stream, final int ppid, final boolean unordered, final byte[] buffer, final int offset,
        final int length) {
        final int number = ppid - Pattern.PPID_BASE;
        messages++;
        octets += length;
        if (number < 0 || number >= most || !pattern.is(number, stream, unordered, buffer, offset, length)) {
            wrong++;
            return;
        }
        doubled += seen.get(number) ? 1 : 0;
        seen.set(number);
        if (!unordered) {
            outOfOrder += number <= newest[stream] ? 1 : 0;
            newest[stream] = number;
        }
    }

    int messages() {
        return messages;
    }

    long octets() {
        return octets;
    }

    /** True if nothing of what came was wrong, out of order or doubled. */
    boolean isClean() {
        return wrong + outOfOrder + doubled == 0;
    }

    @Override
    public String toString() {
        return messages + " received, " + wrong + " wrong, " + outOfOrder + " out of order, " + doubled + " doubled";
    }
}
