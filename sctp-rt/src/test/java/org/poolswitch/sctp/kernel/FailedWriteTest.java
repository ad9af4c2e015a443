// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;

/** A write that failed for a reason of our own (ENOBUFS): the peer knows of nothing and talks on. */
class FailedWriteTest {
    private static final long MINUTE = 60_000_000_000L;
    /** Ends within a minute, so that no pause of this machine counts. */
    private static final KernelConfig CONFIG = new KernelConfig(16, 16, 1 << 20, 128 << 10, 256 << 10, MINUTE, MINUTE,
        100_000_000L, 16, 0, 16, 1000, 1 << 20, 1 << 20);
    private static final IOException NO_BUFFERS = new IOException("No buffer space available");

    private EventLoopShard shard;
    private KernelLife life;

    @BeforeEach
    void setUp() throws Exception {
        final SctpAddress local = SctpAddress.of(InetAddress.getLoopbackAddress(), 3863, 0);
        shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "failed write");
        final KernelChannel channel = new KernelChannel(null, new FakeSctpChannel(), ByteBuffer.allocateDirect(2048),
            CONFIG.messagesPerRead());
        // the selector refuses what is no socket; the channel has its loop all the same
        final EventLoop loop = shard.eventLoop();
        assertThat(loop.register(channel).await(10, TimeUnit.SECONDS)).isTrue();
        final KernelAgenda agenda = new KernelAgenda(shard, CONFIG);
        final KernelAssociation association = new KernelAssociation(
            new KernelSctpEndpoint(shard, CONFIG, local, 0), agenda, CONFIG, 1, local, true);
        association.attach(channel);
        life = association.life();
        life.onUp();
    }

    @AfterEach
    void tearDown() throws Exception {
        shard.close();
        shard.termination().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aPeerThatTalksOnCannotPutTheEndOffForEver() {
        life.onError(NO_BUFFERS);
        final long latestNs = System.nanoTime() + CONFIG.shutdownTimeoutNs();
        for (long nowNs = life.deadlineNs(); nowNs <= latestNs && !life.isDown(); nowNs += CONFIG.lossSettleNs()) {
            // a message of the peer's before each look
            life.onWord();
            life.onDeadline(nowNs);
            assertThat(life.isUp()).isFalse();
        }
        life.onWord();
        life.onDeadline(latestNs);
        assertThat(life.isDown()).isTrue();
    }

    @Test
    void whoeverIsQuietForTwoWaitsHasSaidAllThatHeKnows() {
        life.onError(NO_BUFFERS);
        life.onDeadline(life.deadlineNs());
        assertThat(life.isDown()).as("the timer may have been faster than the socket").isFalse();
        life.onWord();
        life.onDeadline(life.deadlineNs());
        assertThat(life.isDown()).as("there was more").isFalse();
        life.onDeadline(life.deadlineNs());
        assertThat(life.isDown()).isTrue();
    }
}
