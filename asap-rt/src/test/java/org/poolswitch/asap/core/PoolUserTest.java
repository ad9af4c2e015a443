// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.PoolSession.RETAIN;
import static org.poolswitch.asap.core.Rig.MS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.sctp.SendStatus;

/** Queueing while a pool resolves, and choosing elements. */
class PoolUserTest {
    private Rig rig = new Rig(Rig.config());

    @Test
    void messagesWaitForOneResolutionAndGoOutInOrder() {
        rig.elements(1).registrarAnswers = false;
        rig.start();
        final PoolSession a = rig.open();
        final PoolSession b = rig.open();
        for (int i = 0; i < 3; i++) {
            assertThat(rig.send(a, "a" + i, 0)).isEqualTo(SendStatus.ACCEPTED);
            assertThat(rig.send(b, "b" + i, RETAIN)).isEqualTo(SendStatus.ACCEPTED);
        }
        rig.settle();
        assertThat(rig.asked(5)).isEqualTo(1);
        assertThat(a.element()).isZero();
        rig.registrarAnswers = true;
        rig.run(300 * MS);
        assertThat(rig.got(1)).containsExactly("a0", "a1", "a2", "b0", "b1", "b2");
        assertThat(a.element()).isEqualTo(1);
        assertThat(b.retained()).isEqualTo(3);
        assertThat(a.retained()).isZero();
    }

    @Test
    void queueIsBoundedInMessagesAndOctets() {
        rig = new Rig(Rig.config().withBounds(Rig.config().bounds().withQueue(3, 10)));
        rig.registrarAnswers = false;
        rig.start();
        final PoolSession a = rig.open();
        assertThat(rig.send(a, "12345678", 0)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(rig.send(a, "123", 0)).isEqualTo(SendStatus.FULL);
        assertThat(rig.send(a, "1", 0)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(rig.send(rig.open(), "2", 0)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(rig.send(rig.open(), "", 0)).isEqualTo(SendStatus.INVALID);
        rig.elements(1).registrarAnswers = true;
        rig.run(300 * MS);
        assertThat(rig.got(1)).containsExactly("12345678", "1", "2");
        assertThat(rig.count(AsapCounter.REFUSED)).isEqualTo(1);
    }

    @Test
    void tooOldFailsTheSessionWithTheReason() {
        rig.registrarUp = false;
        rig.start();
        final PoolSession a = rig.open();
        rig.send(a, "x", RETAIN);
        rig.run(3999 * MS);
        assertThat(rig.failures).isEmpty();
        rig.run(2 * MS);
        assertThat(rig.failures).containsExactly(SessionFailure.NO_REGISTRAR);
        assertThat(rig.send(a, "y", 0)).isEqualTo(SendStatus.CLOSED);
        assertThat(rig.stack.sessions()).isZero();
    }

    @Test
    void unknownPoolIsAskedForAgainWhileMessagesWait() {
        rig.start();
        rig.send(rig.open(), "x", 0);
        rig.run(500 * MS);
        assertThat(rig.asked(5)).isBetween(3L, 20L);
        rig.elements(1);
        rig.run(1000 * MS);
        assertThat(rig.got(1)).containsExactly("x");
        rig.listed.clear();
        final PoolSession other = rig.stack.user().open(new byte[] {9}, rig, null, rig.now);
        rig.send(other, "y", 0);
        rig.run(4001 * MS);
        assertThat(rig.failures).containsExactly(SessionFailure.UNKNOWN_POOL);
    }

    @Test
    void sessionsAreSpreadRoundRobinAndShareAssociations() {
        rig.elements(1, 2, 3).start();
        final List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            final PoolSession s = rig.open();
            rig.send(s, "m", 0);
            rig.settle();
            chosen.add(s.element());
        }
        for (int id = 1; id <= 3; id++) {
            final int element = id;
            assertThat(chosen.stream().filter(e -> e == element)).hasSize(3);
        }
        assertThat(rig.net.associations).hasSize(4);
        assertThat(rig.stack.elementAssociations()).isEqualTo(3);
    }

    @Test
    void everySessionHasItsOwnStreamAndRestsItAfterwards() {
        rig.elements(1).start();
        final PoolSession a = rig.open();
        rig.send(a, "a", 0);
        rig.settle();
        final PoolSession b = rig.open();
        rig.send(b, "b", 0);
        assertThat(rig.net.take(rig.at(1))).extracting(FakeEndpoint.Sent::stream).containsExactly(1, 2);
        rig.says(1, 2, "for b");
        a.close(rig.now);
        rig.says(1, 1, "late");
        final PoolSession c = rig.open();
        rig.send(c, "c", 0);
        assertThat(rig.net.take(rig.at(1))).extracting(FakeEndpoint.Sent::stream).containsExactly(3);
        rig.run(1000 * MS);
        rig.send(rig.open(), "d", 0);
        assertThat(rig.net.take(rig.at(1))).extracting(FakeEndpoint.Sent::stream).containsExactly(1);
        assertThat(rig.received).containsExactly("for b");
        assertThat(rig.count(AsapCounter.DEPOSED)).isEqualTo(1);
    }

    @Test
    void cacheServesWhileTheRegistrarIsGone() {
        rig.elements(1, 2).start();
        rig.send(rig.open(), "x", 0);
        rig.settle();
        rig.registrarUp = false;
        rig.net.down(rig.net.of(Rig.REGISTRAR), org.poolswitch.sctp.DownCause.PEER_UNREACHABLE);
        rig.run(60_000 * MS);
        assertThat(rig.stack.registrarConnected()).isFalse();
        final PoolSession s = rig.open();
        assertThat(rig.send(s, "y", 0)).isEqualTo(SendStatus.ACCEPTED);
        rig.settle();
        assertThat(s.element()).isBetween(1, 2);
        final long before = rig.asked(5);
        rig.registrarUp = true;
        rig.run(3000 * MS);
        assertThat(rig.stack.registrarConnected()).isTrue();
        assertThat(rig.asked(5)).isGreaterThan(before);
    }

    @Test
    void restartedRegistrarThatKnowsNobodyTakesNothingAway() {
        rig.elements(1, 2).start();
        rig.send(rig.open(), "x", 0);
        rig.settle();
        rig.listed.clear();
        rig.run(5000 * MS);
        assertThat(rig.stack.elementAssociations()).isEqualTo(2);
        final PoolSession s = rig.open();
        rig.send(s, "y", 0);
        assertThat(s.element()).isBetween(1, 2);
    }

    @Test
    void elementThatLeftKeepsItsSessionsButGetsNoNewOnes() {
        rig.elements(1, 2).start();
        final PoolSession a = rig.open();
        final PoolSession b = rig.open();
        rig.send(a, "a", 0);
        rig.settle();
        rig.send(b, "b", 0);
        rig.settle();
        final int leaving = a.element();
        rig.listed.remove(leaving);
        rig.run(1200 * MS);
        rig.got(1);
        rig.got(2);
        for (int i = 0; i < 4; i++) {
            final PoolSession s = rig.open();
            rig.send(s, "new", 0);
            assertThat(s.element()).isEqualTo(b.element());
        }
        rig.send(a, "still", 0);
        assertThat(rig.got(leaving)).containsExactly("still");
        a.close(rig.now);
        rig.run(1200 * MS);
        assertThat(rig.at(leaving)).isNull();
        assertThat(rig.failovers).isEmpty();
    }

    @Test
    void slowHandshakeIsGivenUpForTheNextElement() {
        rig.elements(1, 2);
        rig.alive.clear();
        rig.start();
        final PoolSession s = rig.open();
        rig.send(s, "x", 0);
        rig.run(400 * MS);
        final int first = s.element();
        assertThat(rig.got(first)).isEmpty();
        rig.alive.add(3 - first);
        rig.run(200 * MS);
        assertThat(rig.got(3 - first)).containsExactly("x");
        assertThat(rig.failovers).isEmpty();
        assertThat(rig.asked(9)).isGreaterThanOrEqualTo(1);
    }

    @Test
    void fullSendQueueIsAnAnswerAndNothingIsRetained() {
        rig.elements(1).start();
        final PoolSession s = rig.open();
        rig.send(s, "x", 0);
        rig.settle();
        rig.at(1).sendLimit = 1;
        assertThat(rig.send(s, "y", RETAIN)).isEqualTo(SendStatus.FULL);
        assertThat(s.retained()).isZero();
        assertThat(rig.got(1)).containsExactly("x");
    }

    @Test
    void sessionsAndRetainedMessagesAreBounded() {
        rig = new Rig(Rig.config().withBounds(Rig.config().bounds().withSessions(2, 64).withRetained(2, 10)));
        rig.elements(1).start();
        final PoolSession s = rig.open();
        assertThat(rig.send(s, "123456", RETAIN)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(rig.send(s, "12345", RETAIN)).isEqualTo(SendStatus.FULL);
        assertThat(rig.send(s, "1234", RETAIN)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(rig.send(s, "1", RETAIN)).isEqualTo(SendStatus.FULL);
        rig.settle();
        s.releaseRetained(1);
        assertThat(rig.send(s, "1", RETAIN)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(rig.open()).isNotNull();
        assertThat(rig.open()).isNull();
        s.close(rig.now);
        assertThat(rig.open()).isNotNull();
    }

    @Test
    void moreSessionsThanStreamsGoToAnotherElement() {
        rig = new Rig(Rig.config().withBounds(Rig.config().bounds().withSessions(100, 3)));
        rig.elements(1, 2).start();
        final List<PoolSession> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(rig.open());
            rig.send(all.get(i), "m" + i, 0);
            rig.settle();
        }
        assertThat(rig.got(1)).hasSize(2);
        assertThat(rig.got(2)).hasSize(2);
        assertThat(all.get(4).element()).isZero();
        all.get(0).close(rig.now);
        rig.run(900 * MS);
        assertThat(all.get(4).element()).as("a stream rests even if there is no other").isZero();
        rig.run(200 * MS);
        assertThat(all.get(4).element()).isNotZero();
    }

    @Test
    void malformedAndUnexpectedControlIsCountedAndHarmless() {
        rig.elements(1).start();
        final PoolSession s = rig.open();
        rig.send(s, "x", 0);
        rig.settle();
        final byte[][] bad = {{}, {11}, {11, 0, 0, 4}, {11, 0, 0, 99, 0, 13, 0, 4}, {11, 0, 0, 8, 0, 13, 0, 99},
            {11, 0, 0, 8, 0, 13, 0, 3}, {13, 0, 0, 4}};
        for (final byte[] b : bad) {
            if (b.length > 0) {
                rig.net.message(rig.at(1), 1, 11, b, rig.now);
            }
        }
        rig.settle();
        assertThat(s.hasCookie()).isFalse();
        assertThat(rig.count(AsapCounter.MALFORMED)).isEqualTo(6);
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, new byte[] {6, 0, 0, 4}, rig.now);
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 3, new byte[] {1}, rig.now);
        rig.settle();
        assertThat(rig.count(AsapCounter.MALFORMED)).isEqualTo(7);
        assertThat(rig.count(AsapCounter.UNEXPECTED)).isEqualTo(1);
        rig.send(s, "y", 0);
        assertThat(rig.got(1)).containsExactly("x", "y");
    }

    @Test
    void preferredElementIsTakenIfThePoolHasIt() {
        rig.elements(1, 2, 3).start();
        for (int i = 0; i < 4; i++) {
            final PoolSession s = rig.stack.user().open(Rig.GWC, 2, rig, "tag", rig.now);
            rig.send(s, "x", 0);
            rig.settle();
            assertThat(s.element()).isEqualTo(2);
            assertThat(s.attachment()).isEqualTo("tag");
        }
        final PoolSession s = rig.stack.user().open(Rig.GWC, 99, rig, null, rig.now);
        rig.send(s, "x", 0);
        assertThat(s.element()).isNotZero();
    }
}
