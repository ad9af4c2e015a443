// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sim.LinkQuality;
import org.poolswitch.sim.SimConfig;
import org.poolswitch.sim.SimWorld;

/** A registrar, a pool of three echo servers and a user with many sessions, over simulated SCTP, while servers die. */
class PoolFailoverSimTest {
    private static final long MS = 1_000_000L;
    private static final byte[] POOL = "echo".getBytes(StandardCharsets.US_ASCII);
    private static final int PPID = 99;

    private static InetAddress host(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (final java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AsapConfig asap(final SctpEndpoint endpoint) {
        return AsapConfig.carrier(List.of(SctpAddress.of(host(1), 3863, 9899)), endpoint.localAddress(), 9899);
    }

    /** Common part of element and user. */
    private abstract static class Node implements NodeMachine {
        final AsapStack stack;

        Node(final SctpEndpoint endpoint, final RandomGenerator random) {
            stack = new AsapStack(asap(endpoint), endpoint, random);
        }

        @Override
        public SctpListener sctpListener() {
            return stack;
        }

        @Override
        public long nextDeadlineNs() {
            return stack.nextDeadlineNs();
        }

        @Override
        public void onDeadline(final long nowNs) {
            stack.onDeadline(nowNs);
        }

        @Override
        public void onClockJump(final long pausedNs, final long nowNs) {
            stack.onClockJump(pausedNs, nowNs);
        }
    }

    private static final class Element extends Node implements ElementListener {
        private final PoolElement element;

        Element(final SctpEndpoint endpoint, final RandomGenerator random) {
            super(endpoint, random);
            element = stack.element(this);
        }

        @Override
        public void onStart(final long nowNs) {
            stack.start(nowNs);
            element.register(POOL, PolicyType.ROUND_ROBIN, nowNs);
        }

        @Override
        public void onUserUp(final int association, final long nowNs) {
        }

        @Override
        public void onUserMessage(final int association, final int stream, final int ppid, final byte[] buffer,
            final int offset, final int length, final long nowNs) {
            element.sendCookie(association, stream, buffer, offset, length, nowNs);
            element.sendToUser(association, stream, ppid, buffer, offset, length, nowNs);
        }

        @Override
        public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
            final int length, final long nowNs) {
        }

        @Override
        public void onUserDown(final int association, final long nowNs) {
        }
    }

    private static final class User extends Node implements PoolSessionListener {
        private final List<PoolSession> sessions = new ArrayList<>();
        private final BitSet answered = new BitSet();
        private final List<Failover> failovers = new ArrayList<>();
        private int failed;

        User(final SctpEndpoint endpoint, final RandomGenerator random) {
            super(endpoint, random);
        }

        @Override
        public void onStart(final long nowNs) {
            stack.start(nowNs);
            for (int i = 0; i < 20; i++) {
                sessions.add(stack.user().open(POOL, this, null, nowNs));
            }
        }

        void ask(final int number, final long nowNs) {
            final byte[] message = ByteBuffer.allocate(8).putInt(number).array();
            sessions.get(number % sessions.size()).send(PPID, message, 0, message.length,
                PoolSession.RETAIN | PoolSession.EXPECT_REPLY, nowNs);
        }

        @Override
        public void onMessage(final PoolSession session, final int ppid, final byte[] buffer, final int offset,
            final int length, final long nowNs) {
            final int number = ByteBuffer.wrap(buffer, offset, length).getInt();
            if (!answered.get(number)) {
                answered.set(number);
                session.releaseRetained(1);
            }
        }

        @Override
        public void onFailover(final PoolSession session, final Failover failover, final long nowNs) {
            failovers.add(failover);
        }

        @Override
        public void onFailed(final PoolSession session, final SessionFailure reason, final long nowNs) {
            failed++;
        }
    }

    private static SimWorld world(final long seed, final double loss) {
        final SimWorld world = new SimWorld(seed,
            SimConfig.defaults(SctpConfig.carrier()).withLink(LinkQuality.LAN.withLoss(loss)));
        world.addNode("registrar", host(1), (e, r) -> new EnrpServer(RegistrarConfig.carrier(), e, r), 3863);
        for (int i = 1; i <= 3; i++) {
            world.addNode("pe" + i, host(10 + i), Element::new, 7);
        }
        world.runFor(200 * MS);
        world.addClient("user", host(2), User::new, 40000);
        world.runFor(200 * MS);
        return world;
    }

    private static void askEvery(final SimWorld world, final int messages, final long everyNs) {
        for (int i = 0; i < messages; i++) {
            final int number = i;
            world.after(i * everyNs, () -> world.node("user").act(
                e -> world.node("user").machine(User.class).ask(number, world.nowNs())));
        }
    }

    @Test
    void registersResolvesAndEchoes() {
        final SimWorld world = world(1, 0);
        assertThat(world.node("registrar").machine(EnrpServer.class).elements()).isEqualTo(3);
        askEvery(world, 200, MS);
        world.runFor(400 * MS);
        final User user = world.node("user").machine(User.class);
        assertThat(user.answered.cardinality()).isEqualTo(200);
        assertThat(user.failovers).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void everyMessageIsAnsweredThoughElementsDieAndPause(final long seed) {
        final SimWorld world = world(seed, 0.01);
        askEvery(world, 2000, MS);
        world.runFor(300 * MS);
        world.kill("pe1");
        world.runFor(300 * MS);
        world.pause("pe2");
        world.runFor(500 * MS);
        world.restart("pe1");
        world.resume("pe2");
        world.runFor(2500 * MS);
        final User user = world.node("user").machine(User.class);
        assertThat(user.failed).isZero();
        assertThat(user.answered.cardinality()).as("seed " + seed).isEqualTo(2000);
        assertThat(user.failovers).isNotEmpty();
    }

    @Test
    void goesOnFromItsCacheWithoutRegistrarAndFindsItAgain() {
        final SimWorld world = world(3, 0);
        askEvery(world, 3000, MS);
        world.runFor(100 * MS);
        world.kill("registrar");
        world.runFor(1000 * MS);
        world.kill("pe3");
        world.runFor(1000 * MS);
        world.restart("registrar");
        world.runFor(3000 * MS);
        assertThat(world.node("user").machine(User.class).answered.cardinality()).isEqualTo(3000);
        assertThat(world.node("registrar").machine(EnrpServer.class).elements()).isEqualTo(2);
    }
}
