// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
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

/** A user who takes events more slowly than the peers make them: what he has not taken stays with the kernel. */
class SlowUserTest {
    private static final KernelConfig CONFIG = KernelConfig.defaults().withMaxQueued(100, 100_000);
    private static final int MOST = CONFIG.maxQueuedEvents() + CONFIG.messagesPerRead() - 1;

    private final FakeSctpChannel socket = new FakeSctpChannel();
    private final KernelChannel channel =
        new KernelChannel(null, socket, ByteBuffer.allocateDirect(2048), CONFIG.messagesPerRead());
    private EventLoopShard shard;
    /** What the user has taken. */
    private int octets;
    private KernelAgenda agenda;
    private KernelAssociation association;

    @BeforeEach
    void setUp() throws Exception {
        final SctpAddress local = SctpAddress.of(InetAddress.getLoopbackAddress(), 3863, 0);
        // never started: nobody but the test takes events
        shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "slow user");
        agenda = new KernelAgenda(shard, CONFIG);
        association = new KernelAssociation(new KernelSctpEndpoint(shard, CONFIG, local, 0), agenda, CONFIG, 1, local,
            true);
        association.attach(channel);
    }

    @AfterEach
    void tearDown() throws Exception {
        shard.close();
        shard.termination().get(10, TimeUnit.SECONDS);
    }

    /** Reads as often as a peer could wish. */
    private void readOn() throws Exception {
        for (int i = 0; i < 1000; i++) {
            channel.doReadMessages(List.of());
        }
    }

    private int poll(final int limit) {
        return agenda.poll(new Nobody(), limit, System.nanoTime());
    }

    /** Takes what comes. */
    private final class Nobody implements SctpListener {
        @Override
        public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
            final int outStreams, final int inStreams, final long nowNs) {
            throw new AssertionError("not announced here");
        }

        @Override
        public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
            final byte[] buffer, final int offset, final int length, final long nowNs) {
            octets += length;
        }

        @Override
        public void onAssociationDown(final int association, final DownCause cause,
            final List<UndeliveredMessage> undelivered, final long nowNs) {
            throw new AssertionError(cause);
        }
    }

    @Test
    void theSocketIsNotReadWhileTheUserIsBehind() throws Exception {
        readOn();
        assertThat(socket.reads()).isBetween(CONFIG.maxQueuedEvents(), MOST);
        final int before = socket.reads();
        assertThat(poll(10)).isEqualTo(10);
        readOn();
        assertThat(socket.reads()).as("nobody is read for each event that is taken").isEqualTo(before);
        assertThat(poll(60)).isEqualTo(60);
        readOn();
        assertThat(socket.reads()).as("he has caught up").isBetween(CONFIG.maxQueuedEvents() + 70, MOST + 70);
        assertThat(poll(Integer.MAX_VALUE)).as("all that was read").isEqualTo(socket.reads() - 70);
        assertThat(octets).isEqualTo(socket.reads());
    }

    /** Events of long messages alone would be gigabytes. */
    @Test
    void norWhileWhatWaitsForHimIsLong() throws Exception {
        socket.lengthen(2000);
        readOn();
        assertThat(socket.reads()).isBetween(50, 50 + CONFIG.messagesPerRead() - 1);
        final int before = socket.reads();
        poll(20);
        readOn();
        assertThat(socket.reads()).as("half of them must be taken").isEqualTo(before);
        poll(20);
        readOn();
        assertThat(socket.reads()).isGreaterThan(before);
        poll(Integer.MAX_VALUE);
        assertThat(octets).isEqualTo(2000 * socket.reads());
    }

    /** After a write that had to wait what the kernel says is read first, and that counts as well. */
    @Test
    void neitherIsItReadBeforeAWriteThatHadToWait() throws Exception {
        assertThat(association.send(0, 7, false, SctpEndpoint.NO_LIFETIME, new byte[10], 0, 10, 0))
            .isEqualTo(SendStatus.ACCEPTED);
        association.life().onUp();
        assertThat(channel.doWriteMessage(null, null)).as("no room").isFalse();
        for (int i = 0; i < 1000; i++) {
            assertThat(channel.doWriteMessage(null, null)).isFalse();
        }
        // at most what a write reads first: 16 bursts
        assertThat(socket.reads()).isBetween(CONFIG.maxQueuedEvents(), CONFIG.maxQueuedEvents() + 16 * 16);
    }

    @Test
    void theBoundIsAtLeastOne() {
        assertThatThrownBy(() -> KernelConfig.defaults().withMaxQueued(0, 1))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must be at least 1");
        assertThatThrownBy(() -> KernelConfig.defaults().withMaxQueued(1, 0))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("queued octets must be at least 1");
    }
}
