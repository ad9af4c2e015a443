// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** Messages that wait because the kernel takes no more: how many they may be, and who hears of room. */
class FullQueuesTest {
    private static final KernelConfig CONFIG =
        KernelConfig.defaults().withSendQueueOctets(200_000).withSendTotalOctets(300_000);
    private static final long SOON = 1000;

    private EventLoopShard shard;
    private KernelAgenda agenda;
    private KernelAssociation one;
    private KernelAssociation two;
    private final List<Integer> sendable = new ArrayList<>();
    private final List<UndeliveredMessage> back = new ArrayList<>();

    @BeforeEach
    void setUp() throws Exception {
        final SctpAddress local = SctpAddress.of(InetAddress.getLoopbackAddress(), 3863, 0);
        // never started: nobody but the test takes events
        shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "full queues");
        agenda = new KernelAgenda(shard, CONFIG);
        final KernelSctpEndpoint endpoint = new KernelSctpEndpoint(shard, CONFIG, local, 0);
        one = association(endpoint, local, 1);
        two = association(endpoint, local, 2);
    }

    private KernelAssociation association(final KernelSctpEndpoint endpoint, final SctpAddress remote, final int id)
        throws Exception {
        final KernelAssociation association = new KernelAssociation(endpoint, agenda, CONFIG, id, remote, false);
        final KernelChannel channel =
            new KernelChannel(null, new FakeSctpChannel(), ByteBuffer.allocateDirect(2048), CONFIG.messagesPerRead());
        final EventLoop loop = shard.eventLoop();
        assertThat(loop.register(channel).await(10, TimeUnit.SECONDS)).isTrue();
        association.attach(channel);
        return association;
    }

    @AfterEach
    void tearDown() throws Exception {
        shard.close();
        shard.termination().get(10, TimeUnit.SECONDS);
    }

    private static SendStatus send(final KernelAssociation to, final int octets, final long lifetimeNs) {
        return to.send(0, 7, false, lifetimeNs, new byte[octets], 0, octets, 0);
    }

    private void poll() {
        agenda.poll(new SctpListener() {
            @Override
            public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming,
                final int outStreams, final int inStreams, final long nowNs) {
                throw new AssertionError("nobody answers");
            }

            @Override
            public void onMessage(final int id, final int stream, final int ppid, final boolean unordered,
                final byte[] b, final int offset, final int length, final long nowNs) {
                throw new AssertionError("nobody answers");
            }

            @Override
            public void onSendable(final int id, final long nowNs) {
                sendable.add(id);
            }

            @Override
            public void onMessageAbandoned(final int id, final UndeliveredMessage message, final long nowNs) {
                back.add(message);
            }

            @Override
            public void onAssociationDown(final int id, final DownCause cause,
                final List<UndeliveredMessage> undelivered, final long nowNs) {
                back.addAll(undelivered);
            }
        }, Integer.MAX_VALUE, 0);
    }

    @Test
    void tinyMessagesAreBoundedByNumber() {
        int accepted = 0;
        while (send(one, 1, SOON) == SendStatus.ACCEPTED) {
            accepted++;
            assertThat(accepted).isLessThanOrEqualTo(CONFIG.sendQueueOctets() / 256);
        }
        assertThat(accepted).isEqualTo(CONFIG.sendQueueOctets() / 256);
        one.onDeadline(SOON);
        poll();
        assertThat(back).hasSize(accepted);
        assertThat(sendable).containsExactly(1);
    }

    @Test
    void allTogetherHaveABoundAndWhoWaitsForOthersHearsOfRoom() {
        assertThat(send(one, 200_000, SOON)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(send(one, 1, SOON)).as("its own").isEqualTo(SendStatus.FULL);
        assertThat(send(two, 100_001, SOON)).as("all of them").isEqualTo(SendStatus.FULL);
        assertThat(send(two, 100_000, SctpEndpoint.NO_LIFETIME)).isEqualTo(SendStatus.ACCEPTED);
        poll();
        assertThat(sendable).isEmpty();
        one.onDeadline(SOON);
        poll();
        assertThat(sendable).containsExactlyInAnyOrder(1, 2);
        assertThat(send(one, 200_000, SOON)).isEqualTo(SendStatus.ACCEPTED);
    }

    /** Others never held more than half, and yet it has to wait for them. */
    @Test
    void whoWaitsWithAMessageOfMoreThanHalfHearsOfRoom() {
        assertThat(send(one, 60_000, SOON)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(send(one, 60_000, 2 * SOON)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(send(two, 200_000, SctpEndpoint.NO_LIFETIME)).isEqualTo(SendStatus.FULL);
        assertThat(send(one, 1, 2 * SOON)).isEqualTo(SendStatus.ACCEPTED);
        poll();
        assertThat(sendable).as("nothing is free yet").isEmpty();
        one.onDeadline(SOON);
        poll();
        assertThat(sendable).containsExactly(2);
        assertThat(send(two, 200_000, SctpEndpoint.NO_LIFETIME)).isEqualTo(SendStatus.ACCEPTED);
    }

    @Test
    void whatAnEndedAssociationHandsBackWaitsNoMore() {
        assertThat(send(one, 200_000, SctpEndpoint.NO_LIFETIME)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(send(one, 1, SctpEndpoint.NO_LIFETIME)).isEqualTo(SendStatus.FULL);
        assertThat(send(two, 150_000, SctpEndpoint.NO_LIFETIME)).isEqualTo(SendStatus.FULL);
        one.life().abort(DownCause.LOCAL_ABORT);
        poll();
        assertThat(back).hasSize(1);
        assertThat(agenda.sendTotal().octets()).isZero();
        assertThat(sendable).as("nobody is left to send on the first").containsExactly(2);
        assertThat(send(two, 150_000, SctpEndpoint.NO_LIFETIME)).isEqualTo(SendStatus.ACCEPTED);
    }

    @Test
    void theBoundHoldsAMessage() {
        assertThatThrownBy(() -> KernelConfig.defaults().withSendTotalOctets(1000))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("cannot hold one message");
    }
}
