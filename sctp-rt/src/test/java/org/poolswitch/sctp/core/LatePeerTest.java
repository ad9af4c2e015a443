// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/** Z's process gets little of its processor, and A's gets enough: who was late is waited for, for a while. */
class LatePeerTest {
    /** Association.Max.Retrans and Least.Silence of the carrier profile. */
    private static final int LOST_MS = 150;
    /** Patience never grows beyond this. */
    private static final int MOST_MS = 1_000;
    /** A peer in doubt is looked at this often at least. */
    private static final int RTO_MAX_MS = 200;
    private static final int FORGOTTEN_MS = 121_000;

    private final Pair pair = new Pair().connect();
    /** What waits for Z's process. */
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private int ms;

    @BeforeEach
    void roundTripsAreKnown() {
        run(200, i -> true);
        assertThat(pair.z.messages).hasSize(200);
    }

    /** A sends every millisecond; in some of them Z runs and reads all that came. */
    private void run(final int count, final IntPredicate zRuns) {
        for (int i = 0; i < count; i++) {
            ms++;
            pair.now += Pair.MS;
            pair.send(pair.a, "x");
            for (int turn = 0; turn < 8; turn++) {
                step(pair.a);
                waiting.addAll(pair.a.out);
                pair.a.out.clear();
                if (zRuns.test(i)) {
                    waiting.forEach(packet -> pair.arrive(pair.z, packet));
                    waiting.clear();
                    step(pair.z);
                    pair.z.out.forEach(packet -> pair.arrive(pair.a, packet));
                    pair.z.out.clear();
                }
            }
        }
    }

    private void step(final Pair.End end) {
        end.core.onDeadline(pair.now);
        end.core.poll(end, 1000, pair.now);
        end.core.flush(pair.now);
        end.core.audit();
    }

    private void starve(final int count) {
        run(count, i -> false);
        run(1, i -> true);
    }

    /** Z dies. @return how long A takes to notice */
    private int noticedAfter() {
        final int before = ms;
        while (pair.a.downs.isEmpty() && ms - before < 10 * MOST_MS) {
            run(1, i -> false);
        }
        assertThat(pair.a.downs).containsExactly(DownCause.PEER_SILENT);
        return ms - before;
    }

    @Test
    void whoWasLateBeforeIsNotGivenUpWhenItIsLaterStill() {
        starve(60);
        run(300, i -> true);
        starve(LOST_MS + 100);
        run(300, i -> true);
        starve(4 * LOST_MS);
        assertThat(pair.a.downs).isEmpty();
        assertThat(pair.a.core.state(pair.a.association)).isEqualTo("ESTABLISHED");
    }

    @Test
    void whoWasNeverLateIsGivenUpAsSoonAsEver() {
        assertThat(noticedAfter()).isLessThanOrEqualTo(LOST_MS);
    }

    @Test
    void usualDelaysProveNothing() {
        // the doubt comes after 10 ms, and 8 more are nothing
        run(2_000, i -> i % 17 == 0);
        assertThat(noticedAfter()).isLessThanOrEqualTo(LOST_MS);
    }

    @Test
    void theDeadAreNoticedHoweverLateTheyWere() {
        starve(100);
        starve(400);
        starve(900);
        assertThat(noticedAfter()).isBetween(MOST_MS, MOST_MS + LOST_MS + RTO_MAX_MS);
    }

    @Test
    void thePatienceIsSoManyTimesTheDelay() {
        starve(40);
        final int late = 40 + 1 - 10;
        final int patience = SctpConfig.carrier().loadPatience() * (late - 16);
        assertThat(noticedAfter()).isBetween(LOST_MS - 40 + patience - 20, LOST_MS + patience + 20);
    }

    @Test
    void aDelayIsForgotten() {
        starve(60);
        run(FORGOTTEN_MS, i -> true);
        assertThat(noticedAfter()).isLessThanOrEqualTo(LOST_MS);
    }

    @Test
    void whatIsLostAndAnsweredAtOnceIsNotLate() {
        for (int i = 0; i < 20; i++) {
            run(10, m -> false);
            waiting.clear();
            run(50, m -> true);
        }
        assertThat(noticedAfter()).isLessThanOrEqualTo(LOST_MS);
    }

    @Test
    void aPauseOfOurOwnIsNotThePeersDelay() {
        run(12, i -> false);
        pair.now += 100 * Pair.MS;
        // what it says of us is another matter
        pair.a.core.onClockJump(1, pair.now);
        run(300, i -> true);
        assertThat(noticedAfter()).isLessThanOrEqualTo(LOST_MS);
    }

    @Test
    void oneAssociationsPeerIsKnownToAllThatTalkToTheSameProcess() {
        final int first = pair.a.association;
        starve(60);
        run(300, i -> true);
        final int second = pair.a.core.connect(SctpAddress.of(pair.z.host, Pair.PORT, 9899), pair.now);
        run(300, i -> true);
        pair.a.core.abort(first, pair.now);
        run(LOST_MS + 50, i -> false);
        assertThat(pair.a.core.state(second)).isEqualTo("ESTABLISHED");
        run(3 * MOST_MS, i -> false);
        assertThat(pair.a.core.associations()).isZero();
    }
}
