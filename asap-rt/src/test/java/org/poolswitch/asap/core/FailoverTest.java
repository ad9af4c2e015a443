// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.PoolSession.EXPECT_REPLY;
import static org.poolswitch.asap.PoolSession.RETAIN;
import static org.poolswitch.asap.core.Rig.MS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapSuspicion;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.sctp.DownCause;

/** What becomes of sessions when their element is lost, slow, paused, or leaves. */
class FailoverTest {
    private final Rig rig = new Rig(Rig.config());
    private PoolSession s;
    private int first;

    @BeforeEach
    void talk() {
        rig.elements(1, 2, 3).start();
        s = rig.open();
        rig.send(s, "hello", 0);
        rig.settle();
        first = s.element();
        rig.got(first);
        rig.acknowledge(first);
    }

    private List<String> elsewhere() {
        final List<String> all = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            if (id != first) {
                all.addAll(rig.got(id));
            }
        }
        return all;
    }

    @Test
    void cookieThenRetainedThenHandedBackThenNew() {
        rig.says(first, 1, "#old");
        rig.says(first, 1, "#new");
        rig.send(s, "r1", RETAIN);
        rig.send(s, "n1", 0);
        rig.send(s, "r2", RETAIN);
        rig.send(s, "n2", 0);
        rig.got(first);
        rig.kill(first, DownCause.PEER_UNREACHABLE);
        rig.send(s, "r3", RETAIN);
        assertThat(elsewhere()).containsExactly("#new", "r1", "r2", "n1", "n2", "r3");
        assertThat(rig.failovers).containsExactly(new Failover(first, s.element(), Failover.Cause.UNREACHABLE, 0, 0,
            true, 4));
        assertThat(rig.asked(9)).isEqualTo(1);
        assertThat(s.retained()).isEqualTo(3);
        rig.run(5000 * MS);
        assertThat(rig.failures).isEmpty();
    }

    @Test
    void acknowledgedButUnprocessedIsSentAgainOnceAndReleasedIsNot() {
        rig.send(s, "iam", RETAIN);
        rig.send(s, "rel", RETAIN);
        rig.says(first, 1, "acm");
        // processed, though the transport's acknowledgement of it is still on its way
        s.releaseRetained(1);
        rig.got(first);
        rig.kill(first, DownCause.PEER_ABORTED);
        assertThat(elsewhere()).containsExactly("rel");
        assertThat(rig.received).containsExactly("acm");
    }

    @Test
    void idleSessionJustChoosesAgain() {
        rig.kill(first, DownCause.PEER_UNREACHABLE);
        assertThat(s.element()).isZero();
        assertThat(rig.failovers).isEmpty();
        rig.send(s, "again", 0);
        assertThat(elsewhere()).containsExactly("again");
    }

    @Test
    void clearedCookieIsNotEchoed() {
        rig.says(first, 1, "#c");
        assertThat(s.hasCookie()).isTrue();
        s.clearCookie();
        rig.kill(first, DownCause.PEER_UNREACHABLE);
        assertThat(elsewhere()).isEmpty();
        assertThat(rig.failovers).isEmpty();
    }

    @Test
    void silenceAfterAnExpectedReplyIsProbedAndGivenUp() {
        rig.send(s, "iam", RETAIN | EXPECT_REPLY);
        final FakeEndpoint.Association a = rig.at(first);
        final long sentNs = rig.now;
        rig.run(19 * MS);
        assertThat(a.probes).isZero();
        rig.run(2 * MS);
        assertThat(a.probes).isEqualTo(1);
        // suspect: new sessions go elsewhere
        for (int i = 0; i < 3; i++) {
            final PoolSession other = rig.open();
            rig.send(other, "other", 0);
            assertThat(other.element()).isNotEqualTo(first);
        }
        elsewhere();
        rig.run(178 * MS);
        assertThat(rig.failovers).isEmpty();
        rig.run(2 * MS);
        assertThat(a.gone).isTrue();
        assertThat(elsewhere()).containsExactly("iam");
        assertThat(rig.failovers).hasSize(1);
        final Failover f = rig.failovers.get(0);
        assertThat(f.cause()).isEqualTo(Failover.Cause.SILENT);
        assertThat(f.detectedNs() - sentNs).isEqualTo(200 * MS);
        assertThat(f.resentMessages()).isEqualTo(1);
        assertThat(rig.count(AsapCounter.SILENT_DEATHS)).isEqualTo(1);
        assertThat(rig.asked(9)).isEqualTo(1);
    }

    @Test
    void slowButAliveIsNotGivenUp() {
        rig.send(s, "iam", RETAIN | EXPECT_REPLY);
        final FakeEndpoint.Association a = rig.at(first);
        for (int i = 0; i < 300; i++) {
            rig.run(10 * MS);
            a.lastHeardNs = rig.now;
        }
        assertThat(a.gone).isFalse();
        assertThat(rig.count(AsapCounter.FALSE_SUSPICIONS)).isPositive();
        // patience grows: an application that never answers must not be probed for ever at full speed
        assertThat(a.probes).isBetween(4, 20);
        rig.run(2000 * MS);
        assertThat(a.gone).isTrue();
    }

    @Test
    void replyStopsTheSuspicion() {
        rig.send(s, "iam", EXPECT_REPLY);
        rig.run(10 * MS);
        rig.says(first, 1, "#c");
        rig.run(10_000 * MS);
        assertThat(rig.at(first).probes).isZero();
        assertThat(rig.count(AsapCounter.SUSPICIONS)).isZero();
    }

    @Test
    void anElementWithSessionsIsProbedThoughNobodySpeaks() {
        final Rig idle = new Rig(Rig.config().withSuspicion(AsapSuspicion.carrier().with(20 * MS, 5 * MS)))
            .elements(1).start();
        final PoolSession session = idle.open();
        idle.send(session, "hello", 0);
        idle.settle();
        final FakeEndpoint.Association a = idle.at(1);
        a.lastHeardNs = idle.now;
        idle.run(4 * MS);
        assertThat(a.probes).isZero();
        idle.run(12 * MS);
        assertThat(a.probes).isEqualTo(3);
        assertThat(idle.count(AsapCounter.IDLE_PROBES)).isEqualTo(3);
        assertThat(idle.count(AsapCounter.SUSPICIONS)).isZero();
        session.close(idle.now);
        idle.run(50 * MS);
        assertThat(a.probes).isEqualTo(3);
    }

    @Test
    void potentiallyFailedPathIsProbedToo() {
        rig.says(first, 1, "#c");
        rig.net.suspect(rig.at(first), true);
        rig.run(250 * MS);
        assertThat(rig.failovers).hasSize(1);
        assertThat(elsewhere()).containsExactly("#c");
    }

    @Test
    void allSessionsMoveBeforeAnyListenerHears() {
        final List<PoolSession> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            final PoolSession p = rig.open();
            rig.send(p, "m" + i, RETAIN);
            rig.settle();
            all.add(p);
        }
        rig.says(first, 1, "#c");
        rig.got(first);
        elsewhere();
        rig.kill(first, DownCause.PEER_UNREACHABLE);
        assertThat(rig.failovers).hasSize(11);
        assertThat(elsewhere()).hasSize(11);
        for (final PoolSession p : all) {
            assertThat(p.element()).isNotIn(0, first);
        }
        assertThat(rig.asked(9)).isEqualTo(1);
    }

    @Test
    void deposedElementIsNotHeard() {
        rig.says(first, 1, "#c");
        final FakeEndpoint.Association old = rig.at(first);
        rig.send(s, "x", EXPECT_REPLY);
        for (int i = 0; i < 199; i++) {
            rig.run(MS);
        }
        // the element wakes just as it is given up: its words are in the queue in front of the end
        rig.now += 2 * MS;
        rig.stack.onDeadline(rig.now);
        assertThat(old.gone).isTrue();
        rig.stack.onMessage(old.id, 1, Rig.DATA, false, new byte[] {'!'}, 0, 1, rig.now);
        rig.stack.onMessage(old.id, 1, 11, false, Rig.cookie("late"), 0, Rig.cookie("late").length, rig.now);
        rig.settle();
        assertThat(rig.received).isEmpty();
        assertThat(rig.count(AsapCounter.DEPOSED)).isEqualTo(2);
        elsewhere();
        rig.stack.onMessage(old.id, 1, Rig.DATA, false, new byte[] {'!'}, 0, 1, rig.now);
        assertThat(rig.received).isEmpty();
    }

    @Test
    void secondDeathBeforeTheFirstMoveIsComplete() {
        rig.says(first, 1, "#c");
        rig.send(s, "r1", RETAIN);
        rig.got(first);
        for (int id = 1; id <= 3; id++) {
            if (id != first) {
                rig.at(id).sendLimit = 1;
            }
        }
        rig.kill(first, DownCause.PEER_UNREACHABLE);
        assertThat(rig.failovers).isEmpty();
        final int second = s.element();
        assertThat(rig.got(second)).containsExactly("#c");
        final int third = 6 - first - second;
        rig.at(third).sendLimit = 10;
        rig.send(s, "new", RETAIN);
        rig.kill(second, DownCause.PEER_UNREACHABLE);
        assertThat(rig.got(third)).containsExactly("#c", "r1", "new");
        assertThat(rig.failovers).hasSize(1);
        assertThat(rig.failovers.get(0).fromElement()).isEqualTo(first);
        assertThat(rig.failovers.get(0).toElement()).isEqualTo(third);
        assertThat(rig.failovers.get(0).resentMessages()).isEqualTo(1);
    }

    @Test
    void backPressureDuringTheMoveKeepsTheOrder() {
        rig.says(first, 1, "#c");
        rig.send(s, "r1", RETAIN);
        rig.send(s, "r2", RETAIN);
        rig.got(first);
        for (int id = 1; id <= 3; id++) {
            if (id != first) {
                rig.at(id).sendLimit = 2;
            }
        }
        rig.kill(first, DownCause.PEER_UNREACHABLE);
        rig.send(s, "new", 0);
        final int second = s.element();
        assertThat(rig.got(second)).containsExactly("#c", "r1");
        assertThat(rig.failovers).isEmpty();
        rig.acknowledge(second);
        rig.net.sendable(rig.at(second), 10);
        rig.settle();
        assertThat(rig.got(second)).containsExactly("r2", "new");
        assertThat(rig.failovers).hasSize(1);
    }

    @Test
    void allDeadThenOneReturns() {
        rig.says(first, 1, "#c");
        rig.send(s, "r1", RETAIN);
        for (int id = 1; id <= 3; id++) {
            rig.kill(id, DownCause.PEER_UNREACHABLE);
        }
        rig.net.sent.clear();
        assertThat(rig.failovers).isEmpty();
        rig.run(3000 * MS);
        assertThat(rig.failures).isEmpty();
        final int connects = rig.net.associations.size();
        assertThat(connects).as("tries are paced").isLessThan(60);
        rig.refusing.remove(2);
        rig.alive.add(2);
        rig.run(1000 * MS);
        assertThat(rig.failovers).hasSize(1);
        assertThat(rig.got(2)).containsExactly("#c", "r1");
        assertThat(s.element()).isEqualTo(2);
    }

    @Test
    void allDeadForGood() {
        rig.says(first, 1, "#c");
        for (int id = 1; id <= 3; id++) {
            rig.kill(id, DownCause.PEER_UNREACHABLE);
        }
        rig.run(9999 * MS);
        assertThat(rig.failures).isEmpty();
        rig.run(2 * MS);
        assertThat(rig.failures).containsExactly(SessionFailure.NO_ELEMENT);
        assertThat(rig.count(AsapCounter.UNREACHABLE_REPORTS)).isLessThan(40);
    }

    @Test
    void conversationThatEndsWhileItWaitsFailsNobody() {
        rig.says(first, 1, "#c");
        rig.send(s, "r1", RETAIN);
        for (int id = 1; id <= 3; id++) {
            rig.kill(id, DownCause.PEER_UNREACHABLE);
        }
        s.clearCookie();
        s.releaseRetained(1);
        rig.run(20_000 * MS);
        assertThat(rig.failures).isEmpty();
        assertThat(rig.stack.sessions()).isEqualTo(1);
    }

    @Test
    void lostElementIsPassedOverThoughListed() {
        rig.kill(first, DownCause.PEER_SILENT);
        rig.refusing.remove(first);
        rig.alive.add(first);
        rig.run(1500 * MS);
        for (int i = 0; i < 6; i++) {
            final PoolSession p = rig.open();
            rig.send(p, "x", 0);
            assertThat(p.element()).isNotIn(0, first);
        }
        rig.run(2000 * MS);
        final List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            final PoolSession p = rig.open();
            rig.send(p, "x", 0);
            chosen.add(p.element());
        }
        assertThat(chosen).contains(first);
    }

    @Test
    void shutdownMovesLiveSessionsToo() {
        rig.says(first, 1, "#c");
        rig.listed.remove(first);
        rig.alive.remove(first);
        rig.net.down(rig.at(first), DownCause.SHUTDOWN);
        rig.settle();
        assertThat(rig.failovers).extracting(Failover::cause).containsExactly(Failover.Cause.SHUTDOWN);
        assertThat(elsewhere()).containsExactly("#c");
        assertThat(rig.asked(9)).isZero();
    }

    @Test
    void applicationMaySendItselfElsewhere() {
        rig.says(first, 1, "#c");
        rig.send(s, "r", RETAIN);
        rig.got(first);
        s.failover(rig.now);
        rig.settle();
        assertThat(elsewhere()).containsExactly("#c", "r");
        assertThat(rig.failovers).extracting(Failover::cause).containsExactly(Failover.Cause.APPLICATION);
        rig.says(first, 1, "still here");
        assertThat(rig.received).isEmpty();
        assertThat(rig.at(first).gone).isFalse();
    }

    @Test
    void businessCardNamesTheSuccessor() {
        final int heir = first == 3 ? 1 : 3;
        for (int round = 0; round < 4; round++) {
            final PoolSession p = round == 0 ? s : rig.stack.user().open(Rig.GWC, first, rig, null, rig.now);
            rig.send(p, "r" + round, RETAIN);
        }
        rig.net.message(rig.at(first), 0, 11, Rig.message(13, 0, Rig.parameter(9, Rig.GWC), Rig.element(heir)),
            rig.now);
        rig.settle();
        rig.kill(first, DownCause.PEER_UNREACHABLE);
        assertThat(rig.failovers).hasSize(4).allSatisfy(f -> assertThat(f.toElement()).isEqualTo(heir));
    }

    @Test
    void ourOwnPauseKillsNobody() {
        rig.send(s, "iam", RETAIN | EXPECT_REPLY);
        rig.run(30 * MS);
        assertThat(rig.count(AsapCounter.SUSPICIONS)).isEqualTo(1);
        rig.now += 3000 * MS;
        rig.stack.onClockJump(3000 * MS, rig.now);
        rig.stack.onDeadline(rig.now);
        final FakeEndpoint.Association a = rig.at(first);
        assertThat(a.gone).isFalse();
        rig.run(10 * MS);
        a.lastHeardNs = rig.now;
        rig.says(first, 1, "acm");
        rig.run(1000 * MS);
        assertThat(rig.failovers).isEmpty();
        assertThat(rig.received).containsExactly("acm");
    }
}
