// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadRhythmTest {
    private static final long US = 1_000;
    private static final int BURST = 64;

    private final ReadRhythm rhythm = new ReadRhythm();

    /** So many datagrams, read and dealt with at one time. */
    private void read(final int count, final boolean thenEmpty, final long nowNs) {
        rhythm.found(!thenEmpty);
        rhythm.hasRead(count, nowNs);
        rhythm.dealtWith();
    }

    @Test
    void oneAtATimeIsAskedForUnlessTheyComeInBursts() {
        read(1, false, 100 * US);
        assertThat(rhythm.mostToRead(100 * US, BURST)).isEqualTo(1);
        read(5, true, 200 * US);
        assertThat(rhythm.mostToRead(700 * US, BURST)).as("as the last time").isEqualTo(BURST);
        read(1, true, 900 * US);
        assertThat(rhythm.mostToRead(100 * US, BURST)).as("the burst is over").isEqualTo(1);
    }

    @Test
    void whatIsThereAtOnceHasWaitedAndIsNotAlone() {
        read(1, false, 100 * US);
        assertThat(rhythm.mostToRead(US, BURST)).isEqualTo(BURST);
        rhythm.found(false);
        assertThat(rhythm.mostToRead(US, BURST)).as("it came just now").isEqualTo(1);
    }

    @Test
    void itRemembersWhenNothingWasUnread() {
        assertThat(rhythm.wasEmptySince(0)).as("nobody has looked").isFalse();
        read(1, false, 5 * US);
        assertThat(rhythm.wasEmptySince(5 * US)).as("there may be more").isFalse();
        read(1, true, 6 * US);
        assertThat(rhythm.wasEmptySince(6 * US)).isTrue();
        rhythm.seenEmpty(9 * US);
        assertThat(rhythm.wasEmptySince(9 * US)).isTrue();
        assertThat(rhythm.wasEmptySince(10 * US)).isFalse();
    }
}
