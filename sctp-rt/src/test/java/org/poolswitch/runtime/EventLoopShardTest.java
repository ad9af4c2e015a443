// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shards on threads: woken, timed, stopped. Bounds are wide: this shows that things happen, not how fast. */
class EventLoopShardTest {
    private static final long MS = 1_000_000L;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final FakeEndpoint endpoint = new FakeEndpoint(log);

    @ParameterizedTest
    @EnumSource(value = ThreadLayout.class, names = "INVOKED", mode = EnumSource.Mode.EXCLUDE)
    void timersAndInboxesReachTheNode(final ThreadLayout layout) throws Exception {
        final CountDownLatch fired = new CountDownLatch(1);
        final CountDownLatch input = new CountDownLatch(1);
        final CompletableFuture<Void> ended;
        try (EventLoopShard shard = EventLoopShard.open(layout, ShardConfig.defaults(), "test")) {
            final FakeNode node = new FakeNode(log) {
                @Override
                public void onDeadline(final long nowNs) {
                    assertThat(nowNs).isGreaterThanOrEqualTo(deadlineNs);
                    super.onDeadline(nowNs);
                    fired.countDown();
                }

                @Override
                public int pollInbox(final int limit, final long nowNs) {
                    final int n = super.pollInbox(limit, nowNs);
                    if (n > 0) {
                        input.countDown();
                    }
                    return n;
                }
            };
            node.inbox = new Inbox(InboxConfig.defaults(), shard::wake);
            node.deadlineNs = System.nanoTime() + 3 * MS;
            shard.start(endpoint, node);
            assertThat(fired.await(10, TimeUnit.SECONDS)).isTrue();
            node.inbox.tryPublish(0, 5, 0, null, 0, 0);
            assertThat(input.await(10, TimeUnit.SECONDS)).isTrue();
            shard.beginDrain().get(10, TimeUnit.SECONDS);
            ended = shard.termination();
        }
        ended.get(10, TimeUnit.SECONDS);
        assertThat(log).contains("start", "node deadline", "input 5", "drain", "close");
    }

    @Test
    void anIdleShardNoticesThatItsThreadWasStopped() throws Exception {
        final CountDownLatch jumped = new CountDownLatch(1);
        try (EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "test")) {
            shard.start(endpoint, new FakeNode(log) {
                @Override
                public void onClockJump(final long pausedNs, final long nowNs) {
                    if (pausedNs >= 60 * MS) {
                        jumped.countDown();
                    }
                }
            });
            // what SIGSTOP does: the loop's thread does not run for a while
            shard.eventLoop().execute(() -> {
                final long until = System.nanoTime() + 80 * MS;
                while (System.nanoTime() - until < 0) {
                    Thread.onSpinWait();
                }
            });
            assertThat(jumped.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A run that ends at its limit is not the loop's next task: of tasks the loop does all before it reads. */
    @Test
    void whoNeverGetsDoneReadsAllTheSame() throws Exception {
        final CountDownLatch read = new CountDownLatch(1);
        try (EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "test")) {
            final FakeNode node = new FakeNode(log) {
                @Override
                public void onDeadline(final long nowNs) {
                    // due again at once, as ten thousand time-outs are
                }
            };
            node.deadlineNs = System.nanoTime();
            shard.start(endpoint, node);
            final Pipe pipe = Pipe.open();
            shard.call(() -> shard.eventLoop().register(new Readable(pipe.source(), read)))
                .get(10, TimeUnit.SECONDS).submit(NioIoOps.READ);
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
            assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A channel that counts down when it can be read. */
    private static final class Readable extends NioSelectableChannelIoHandle<Pipe.SourceChannel> {
        private final Pipe.SourceChannel source;
        private final CountDownLatch read;

        Readable(final Pipe.SourceChannel source, final CountDownLatch read) throws IOException {
            super(nonBlocking(source));
            this.source = source;
            this.read = read;
        }

        private static Pipe.SourceChannel nonBlocking(final Pipe.SourceChannel channel) throws IOException {
            channel.configureBlocking(false);
            return channel;
        }

        @Override
        protected void handle(final Pipe.SourceChannel channel, final SelectionKey key) {
            read.countDown();
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    @Test
    void aBrokenInvariantStopsTheNodeAndClosesItsEndpoint() throws Exception {
        try (EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "test")) {
            final FakeNode node = new FakeNode(log) {
                @Override
                public void onDeadline(final long nowNs) {
                    throw new IllegalStateException("two owners");
                }
            };
            node.deadlineNs = System.nanoTime();
            shard.start(endpoint, node);
            assertThatThrownBy(() -> shard.termination().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class).hasRootCauseMessage("two owners");
            assertThat(log).contains("close");
        }
    }
}
