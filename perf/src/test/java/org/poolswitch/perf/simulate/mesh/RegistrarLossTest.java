// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapNode;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sim.LinkQuality;
import org.poolswitch.sim.SimNode;

/**
 * Registrars die, pause or are cut off while sessions open and messages flow: nobody waits for it. A new session, also
 * one with a pool that was never asked for, has its first answer within 50 ms, whatever happens to the home registrar.
 */
class RegistrarLossTest {
    private static final long MS = 1_000_000L;
    private static final long PERMITTED_NS = 50 * MS;
    private static final int POOLS = 60;
    private static final int KNOWN = 4;

    /** Opens a session every 5 ms, every fourth with a pool that is new to it, and measures until the answer. */
    private static final class Prober extends AsapNode implements PoolSessionListener {
        private record Asked(long sinceNs) {
        }

        private long nextNs = NO_DEADLINE;
        private long steadyNs = NO_DEADLINE;
        private PoolSession steady;
        private int opened;
        private int fresh = KNOWN;
        private boolean onlyKnown;
        private int answered;
        private int waiting;
        private long worstNs;
        private long steadyAskedNs;
        private final List<SessionFailure> failures = new ArrayList<>();

        Prober(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random) {
            super(config, endpoint, random);
        }

        @Override
        protected Machine machine() {
            return new Machine() {
                @Override
                public long nextDeadlineNs() {
                    return Math.min(nextNs, steadyNs);
                }

                @Override
                public void onDeadline(final long nowNs) {
                    work(nowNs);
                }
            };
        }

        @Override
        protected void join(final long nowNs) {
            nextNs = nowNs + 50 * MS;
            steadyNs = nowNs + 50 * MS;
            steady = open(1, nowNs, nowNs);
        }

        private PoolSession open(final int pool, final long sinceNs, final long nowNs) {
            return stack().user().open(MeshWorld.pool(pool).octets(), this, new Asked(sinceNs), nowNs);
        }

        private void work(final long nowNs) {
            if (nowNs >= steadyNs) {
                steadyNs = NO_DEADLINE;
                steadyAskedNs = nowNs;
                steady.send(99, new byte[] {1}, 0, 1, PoolSession.RETAIN, nowNs);
            }
            if (nowNs >= nextNs) {
                nextNs = nowNs + 5 * MS;
                opened++;
                final boolean unknown = !onlyKnown && opened % 4 == 0 && fresh < POOLS;
                waiting++;
                open(unknown ? ++fresh : 1 + opened % KNOWN, nowNs, nowNs)
                    .send(99, new byte[] {2}, 0, 1, 0, nowNs);
            }
        }

        @Override
        public void onMessage(final PoolSession session, final int ppid, final byte[] buffer, final int offset,
            final int length, final long nowNs) {
            if (session == steady) {
                session.releaseRetained(1);
                worstNs = Math.max(worstNs, nowNs - steadyAskedNs);
                steadyNs = nowNs + MS;
            } else {
                worstNs = Math.max(worstNs, nowNs - ((Asked) session.attachment()).sinceNs());
                answered++;
                waiting--;
                session.close(nowNs);
            }
        }

        @Override
        public void onFailover(final PoolSession session, final Failover failover, final long nowNs) {
        }

        @Override
        public void onFailed(final PoolSession session, final SessionFailure reason, final long nowNs) {
            failures.add(reason);
        }
    }
    private MeshWorld mesh;
    private SimNode user;

    private void boot(final long seed) throws Exception {
        mesh = new MeshWorld(seed, new LinkQuality(200_000, 100_000, 0, 0, 0), 3, TakeoverRule.RFC, 0);
        for (int i = 1; i <= 3; i++) {
            mesh.registrar(i);
        }
        mesh.runMillis(2_000);
        final List<Integer> pools = IntStream.rangeClosed(1, POOLS).boxed().toList();
        for (int i = 0; i < 3; i++) {
            mesh.element(pools);
        }
        mesh.runMillis(3_000);
        final List<SctpAddress> hunt = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            hunt.add(mesh.world().node("r" + i).address());
        }
        hunt.replaceAll(a -> new SctpAddress(a.hosts(), NodeOptions.ASAP_PORT, a.encapsulationPort()));
        user = mesh.world().addNode("prober", InetAddress.getByAddress(new byte[] {10, 3, 0, 1}), (endpoint, dice) ->
            new Prober(AsapConfig.carrier(hunt, endpoint.localAddress(), 9899), endpoint, dice), 40_001, false, 0);
        mesh.runMillis(500);
        assertThat(prober().answered).isGreaterThan(60);
        prober().worstNs = 0;
    }

    private Prober prober() {
        return user.machine(Prober.class);
    }

    private String home() {
        final SctpAddress home = prober().stack().homeRegistrar();
        for (int i = 1; i <= 3; i++) {
            if (mesh.world().node("r" + i).host().equals(home.host())) {
                return "r" + i;
            }
        }
        throw new IllegalStateException("no home");
    }

    private void nobodyWaited() {
        final Prober p = prober();
        assertThat(p.failures).isEmpty();
        assertThat(p.waiting).as("sessions without an answer").isLessThan(20);
        assertThat(p.worstNs).as("longest wait for an answer").isLessThan(PERMITTED_NS);
    }

    @ParameterizedTest
    @CsvSource({"kill, 1", "kill, 2", "kill, 3", "pause, 4", "pause, 5", "pause, 6", "cut, 7", "cut, 8", "cut, 9",
        "powerOff, 10", "powerOff, 11", "powerOff, 12"})
    void theHomeRegistrarIsNotMissed(final String what, final long seed) throws Exception {
        boot(seed);
        final String home = home();
        switch (what) {
            case "kill" -> mesh.world().kill(home);
            case "pause" -> mesh.world().pause(home);
            case "cut" -> mesh.world().cut(home, "prober");
            default -> mesh.world().powerOff(home);
        }
        final int fresh = prober().fresh;
        mesh.runMillis(1_000);
        assertThat(prober().fresh - fresh).as("pools that were new").isGreaterThan(20);
        assertThat(home()).isNotEqualTo(home);
        nobodyWaited();
        switch (what) {
            case "kill", "powerOff" -> mesh.world().restart(home);
            case "pause" -> mesh.world().resume(home);
            default -> mesh.world().heal(home, "prober");
        }
        prober().onlyKnown = true;
        mesh.runMillis(2_000);
        nobodyWaited();
    }

    @ParameterizedTest
    @CsvSource({"21", "22", "23"})
    void withoutAnyRegistrarTheCacheServes(final long seed) throws Exception {
        boot(seed);
        prober().onlyKnown = true;
        for (int i = 1; i <= 3; i++) {
            mesh.world().kill("r" + i);
        }
        final int before = prober().answered;
        mesh.runMillis(5_000);
        assertThat(prober().answered - before).isGreaterThan(900);
        nobodyWaited();
        for (int i = 1; i <= 3; i++) {
            mesh.world().restart("r" + i);
        }
        mesh.runMillis(5_000);
        prober().onlyKnown = false;
        mesh.runMillis(500);
        nobodyWaited();
    }
}
