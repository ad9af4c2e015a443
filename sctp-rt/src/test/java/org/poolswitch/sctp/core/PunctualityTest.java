// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SctpConfig;

/** Patience grows with our own delays, and is forgotten. */
class PunctualityTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;

    private final Punctuality punctuality = Punctuality.ours(SctpConfig.carrier());

    @Test
    void usualDelaysProveNothing() {
        punctuality.late(7 * MS, SECOND);
        assertThat(punctuality.patienceNs(SECOND)).isZero();
    }

    @Test
    void theWorstOfTheLastTenSecondsCounts() {
        punctuality.late(28 * MS, SECOND);
        punctuality.late(18 * MS, 2 * SECOND);
        assertThat(punctuality.patienceNs(2 * SECOND)).isEqualTo(160 * MS);
        assertThat(punctuality.patienceNs(10 * SECOND)).isEqualTo(160 * MS);
        punctuality.late(18 * MS, 12 * SECOND);
        // the first window is over, but its worst is younger than twenty seconds
        assertThat(punctuality.patienceNs(12 * SECOND)).isEqualTo(160 * MS);
        assertThat(punctuality.patienceNs(22 * SECOND)).isEqualTo(80 * MS);
        assertThat(punctuality.patienceNs(60 * SECOND)).isZero();
    }

    @Test
    void aPeersDelayIsRememberedForAMinuteOrTwo() {
        final Punctuality peer = Punctuality.peers(SctpConfig.carrier());
        peer.late(36 * MS, SECOND);
        assertThat(peer.patienceNs(60 * SECOND)).isEqualTo(160 * MS);
        assertThat(peer.patienceNs(120 * SECOND)).isEqualTo(160 * MS);
        assertThat(peer.patienceNs(122 * SECOND)).isZero();
    }

    @Test
    void loadMemoryIsHowLong() {
        final Punctuality peer = Punctuality.peers(SctpConfig.carrier().with("Load.Memory=10s"));
        peer.late(36 * MS, SECOND);
        assertThat(peer.patienceNs(20 * SECOND)).isEqualTo(160 * MS);
        assertThat(peer.patienceNs(22 * SECOND)).isZero();
    }

    @Test
    void evenThePatienceOfAnOverloadedMachineEnds() {
        punctuality.late(60 * SECOND, SECOND);
        assertThat(punctuality.patienceNs(SECOND)).isEqualTo(SECOND);
    }

    @Test
    void theRfcProfileHasNone() {
        final Punctuality rfc = Punctuality.ours(SctpConfig.rfc());
        rfc.late(SECOND, SECOND);
        assertThat(rfc.patienceNs(SECOND)).isZero();
    }
}
