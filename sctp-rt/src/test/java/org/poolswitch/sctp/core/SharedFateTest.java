// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.wire.Bytes;

/** Many associations with one process: what some hear of it counts for all. */
class SharedFateTest {
    private static final int COUNT = 1_000;
    /** Association.Max.Retrans and Least.Silence of the carrier profile. */
    private static final int LOST_MS = 150;

    private Pair pair = new Pair();
    private final List<Integer> ids = new ArrayList<>();

    private void connect(final int count) {
        for (int i = 0; i < count; i++) {
            ids.add(pair.a.core.connect(SctpAddress.of(pair.z.host, Pair.PORT, 9899), pair.now));
        }
        pair.run(50 * Pair.MS);
        // round trips are known
        sendOnAll();
        pair.run(100 * Pair.MS);
        assertThat(pair.a.core.associations()).isEqualTo(count);
    }

    private void sendOnAll() {
        for (final int id : ids) {
            pair.a.core.send(id, 1, 7, false, new byte[] {1}, 0, 1, pair.now);
        }
    }

    private long heartbeats() {
        return pair.a.core.counters().get(SctpCounter.HEARTBEATS_SENT);
    }

    /** Time passes for A, and packets to Z are only counted. @return those that Z would get */
    private List<byte[]> runAlone(final int ms) {
        final List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < ms; i++) {
            pair.now += Pair.MS;
            for (int turn = 0; turn < 4 * ids.size() && pair.a.core.nextDeadlineNs() <= pair.now; turn++) {
                pair.a.core.onDeadline(pair.now);
                pair.a.core.flush(pair.now);
            }
            pair.a.core.poll(pair.a, 10 * COUNT, pair.now);
            pair.a.core.audit();
            sent.addAll(pair.a.out);
            pair.a.out.clear();
        }
        return sent;
    }

    @Test
    void oneAssociationIsGivenUpAsSoonAsEver() {
        connect(1);
        sendOnAll();
        pair.a.core.flush(pair.now);
        runAlone(100);
        assertThat(pair.a.core.associations()).isOne();
        runAlone(LOST_MS - 100);
        assertThat(pair.a.core.associations()).isZero();
    }

    @Test
    void aSilentProcessIsGivenUpByAllAsSoonAndIsAskedByFew() {
        connect(COUNT);
        sendOnAll();
        pair.a.core.flush(pair.now);
        final long before = heartbeats();
        runAlone(LOST_MS);
        assertThat(pair.a.core.associations()).isZero();
        assertThat(heartbeats() - before).isBetween(7L, 64L + 10 * LOST_MS);
    }

    @Test
    void howManyAskASilentProcessCanBeSet() {
        pair = new Pair(SctpSettings.apply(SctpConfig.carrier(), "HB.Port.Burst=8,HB.Port.Interval=5ms"));
        connect(COUNT);
        sendOnAll();
        pair.a.core.flush(pair.now);
        final long before = heartbeats();
        runAlone(LOST_MS);
        assertThat(heartbeats() - before).isBetween(7L, 8L + LOST_MS / 5);
        assertThat(pair.a.core.associations()).isZero();
    }

    @Test
    void whoIsNotAnsweredByAProcessThatAnswersOthersIsPatientButNotForEver() {
        connect(2);
        final int tag = tagOf(ids.get(0));
        runWithout(packet -> Bytes.i32(packet, 4) == tag, 4 * LOST_MS);
        assertThat(pair.a.core.associations()).isEqualTo(2);
        runWithout(packet -> Bytes.i32(packet, 4) == tag, 4 * LOST_MS);
        assertThat(pair.a.core.state(ids.get(0))).isEqualTo("CLOSED");
        assertThat(pair.a.core.state(ids.get(1))).isEqualTo("ESTABLISHED");
    }

    /** Others ask so much that nobody else has a turn. */
    private void askForOthers(final int others) {
        for (int i = 0; i < 100; i++) {
            pair.a.core.probe(ids.get(others), pair.now);
            pair.a.core.flush(pair.now);
        }
    }

    @Test
    void whoHasNoTurnLearnsThatItsPeerForgotItAlthoughTheProcessAnswersOthers() {
        connect(2);
        final int forgotten = ids.get(0);
        final int zs = zOf(forgotten);
        pair.z.core.abort(zs, pair.now);
        pair.z.core.flush(pair.now);
        pair.z.out.clear();
        for (int i = 0; i < 2_200; i++) {
            askForOthers(1);
            pair.run(Pair.MS);
        }
        assertThat(pair.a.core.state(forgotten)).isEqualTo("CLOSED");
        assertThat(pair.a.core.state(ids.get(1))).isEqualTo("ESTABLISHED");
    }

    /** Z's name for an association of A's: what A sends on it is heard there. */
    private int zOf(final int id) {
        pair.now += Pair.MS;
        pair.a.core.probe(id, pair.now);
        pair.a.core.flush(pair.now);
        pair.arrive(pair.z, pair.a.out.poll());
        pair.z.core.flush(pair.now);
        for (int zs = 0;; zs++) {
            if (pair.z.core.lastHeardNs(zs) == pair.now) {
                return zs;
            }
        }
    }

    @Test
    void anOwnQuestionIsGivenTimeHoweverLongOthersHaveAsked() {
        for (int ms = 0; ms < 200; ms += 5) {
            pair = new Pair();
            ids.clear();
            connect(2);
            for (int i = 0; i < ms; i++) {
                askForOthers(1);
                pair.run(Pair.MS);
            }
            askForOthers(1);
            // these answers take a while
            pair.a.out.clear();
            pair.a.core.probe(ids.get(0), pair.now);
            pair.a.core.flush(pair.now);
            runAlone(12);
            assertThat(pair.a.core.paths(ids.get(0)).get(0).errors()).as("after %d ms", ms).isZero();
        }
    }

    @Test
    void anotherUnreachableProvesNothingIfTheProcessAnsweredSinceTheFirst() {
        connect(COUNT / 4);
        for (int i = 0; i < 5; i++) {
            pair.a.core.onPortUnreachable(pair.z.host, 9899, pair.now);
            pair.a.core.flush(pair.now);
            pair.run(3 * Pair.MS);
        }
        assertThat(pair.a.core.associations()).isEqualTo(COUNT / 4);
        // nobody answers any more: the second one is believed
        pair.now += Pair.MS;
        pair.a.core.onPortUnreachable(pair.z.host, 9899, pair.now);
        pair.a.core.flush(pair.now);
        pair.a.core.onPortUnreachable(pair.z.host, 9899, pair.now);
        pair.a.core.flush(pair.now);
        assertThat(pair.a.core.associations()).isZero();
    }

    /** The tag that packets of Z's to this association have. */
    private int tagOf(final int id) {
        pair.a.core.probe(id, pair.now);
        pair.a.core.flush(pair.now);
        pair.arrive(pair.z, pair.a.out.poll());
        pair.z.core.flush(pair.now);
        return Bytes.i32(pair.z.out.peek(), 4);
    }

    /** Both ends send all the time; some of Z's packets are lost. */
    private void runWithout(final Predicate<byte[]> lost, final int ms) {
        for (int i = 0; i < ms; i++) {
            if (i % 10 == 0) {
                sendOnAll();
            }
            pair.z.out.removeIf(lost);
            pair.a.core.onDeadline(pair.now);
            pair.a.core.flush(pair.now);
            pair.z.core.onDeadline(pair.now);
            pair.a.out.forEach(packet -> pair.arrive(pair.z, packet));
            pair.a.out.clear();
            pair.z.core.poll(pair.z, COUNT, pair.now);
            pair.z.core.flush(pair.now);
            pair.z.out.removeIf(lost);
            pair.z.out.forEach(packet -> pair.arrive(pair.a, packet));
            pair.z.out.clear();
            pair.a.core.poll(pair.a, COUNT, pair.now);
            pair.a.core.audit();
            pair.now += Pair.MS;
        }
    }
}
