// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sim.LinkQuality;
import org.poolswitch.sim.SimConfig;
import org.poolswitch.sim.SimWorld;

/** What 'register --ping-pong' and 'ping-pong' run, on the simulator: elements die, and the reply numbers go on. */
class PingPongSimTest implements PingPongUser.Observer {
    private static final long MS = 1_000_000L;
    private static final byte[] POOL = "PingPongPool".getBytes(StandardCharsets.US_ASCII);

    private final List<Integer> servedBy = new ArrayList<>();
    private final List<SessionFailure> failures = new ArrayList<>();

    private static InetAddress host(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AsapConfig asap(final SctpEndpoint endpoint) {
        final AsapConfig asap =
            AsapConfig.carrier(List.of(SctpAddress.of(host(1), 3863, 9899)), endpoint.localAddress(), 9899);
        return asap.withBounds(asap.bounds().withSessions(1, 1).withPreconnect(0));
    }

    private static StandIn element(final SctpEndpoint endpoint, final RandomGenerator random) {
        return new StandIn(asap(endpoint), endpoint, random, POOL, PolicyParameter.of(PolicyType.ROUND_ROBIN),
            StandIn.Service.PING_PONG, null);
    }

    private SimWorld world(final long seed, final int elements) {
        final SimWorld world = new SimWorld(seed,
            SimConfig.defaults(SctpConfig.carrier()).withLink(LinkQuality.LAN.withLoss(0.01)));
        world.addNode("registrar", host(1), (e, r) -> new EnrpServer(RegistrarConfig.carrier(), e, r), 3863);
        for (int i = 0; i < elements; i++) {
            world.addNode("pe" + i, host(10 + i), PingPongSimTest::element, 5000);
        }
        world.runFor(200 * MS);
        world.addClient("user", host(2), (e, r) -> new PingPongUser(asap(e), e, r, POOL, 100, 20 * MS, 5000 * MS,
            this), 40000);
        return world;
    }

    private PingPongUser user(final SimWorld world) {
        return world.node("user").machine(PingPongUser.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyPingIsAnsweredAndTheNumbersGoOnWhoeverAnswers(final long seed) {
        final SimWorld world = world(seed, 2);
        world.runFor(600 * MS);
        final int first = servedBy.get(0);
        final boolean firstIsPe0 = world.node("pe0").machine(StandIn.class).identifier() == first;
        world.kill(firstIsPe0 ? "pe0" : "pe1");
        world.runFor(4000 * MS);
        assertThat(user(world).answered()).isEqualTo(100);
        assertThat(user(world).failovers()).isEqualTo(1);
        assertThat(user(world).isOver()).isTrue();
        assertThat(servedBy.get(servedBy.size() - 1)).isNotEqualTo(first);
        // a pong that was on its way when its sender died leaves at most one break: its cookie had not come either
        assertThat(user(world).replyGaps()).isLessThanOrEqualTo(1);
        assertThat(world.node(firstIsPe0 ? "pe1" : "pe0").machine(StandIn.class).takenOver()).isEqualTo(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void aPoolThatNobodyKnowsEndsIt() {
        final SimWorld world = world(1, 0);
        world.runFor(8000 * MS);
        assertThat(failures).isNotEmpty();
        assertThat(user(world).isOver()).isTrue();
        assertThat(user(world).failure()).isNotNull();
        assertThat(user(world).answered()).isZero();
    }

    @Override
    public void onPong(final int element, final long number, final long reply, final long nowNs) {
        servedBy.add(element);
    }

    @Override
    public void onFailover(final Failover failover, final long nowNs) {
    }

    @Override
    public void onFailed(final SessionFailure reason, final long nowNs) {
        failures.add(reason);
    }
}
