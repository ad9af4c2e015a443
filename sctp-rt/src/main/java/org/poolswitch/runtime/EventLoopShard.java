// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import io.netty.channel.IoEventLoop;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.poolswitch.sctp.SctpEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Shard} on a Netty event loop: channels, timers and inboxes wake it, so an inbound message reaches the call
 * without a hand-over between threads.
 */
public final class EventLoopShard implements ShardHost, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoopShard.class);

    private final LoopThread thread;
    private final IoEventLoop loop;
    private final Shard shard;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable runOnce = this::runOnce;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private long dueNs;
    private long nextTickNs;
    /** Before the last batch of inputs. */
    private long inputNs;
    /** The newest reading of the clock; and whether the shard ran in this turn of the loop, so that it is fresh. */
    private long lookedNs;
    private boolean ran;
    /** At the end of the last run. */
    private long ranNs;
    /** Where the last input came from. */
    private DirectSource direct;
    /** The input at hand comes from there as well. */
    private boolean fromSame;
    private final Polling polling = new Polling();
    private boolean started;
    private boolean running;
    private boolean draining;
    private boolean ended;

    private EventLoopShard(final ShardConfig config, final LoopThread thread) {
        this.thread = thread;
        this.loop = thread.loop();
        this.shard = new Shard(config, System::nanoTime);
    }

    /** A shard with a thread of its own. */
    public static EventLoopShard open(final ThreadLayout layout, final ShardConfig config, final String name) {
        return new EventLoopShard(config, LoopThread.start(layout, name));
    }

    /** The event loop, for those who open channels. */
    public IoEventLoop eventLoop() {
        return loop;
    }

    /** The loop's logic. */
    public Shard shard() {
        return shard;
    }

    @Override
    public long beginInput() {
        inputNs = shard.beginInput();
        return inputNs;
    }

    @Override
    public void endInput() {
        // at once: the way round over the loop's task queue costs another look at its selector
        if (fromSame) {
            polling.waited(inputNs - lookedNs);
        } else {
            polling.elsewhere();
        }
        fromSame = false;
        run(true);
    }

    /** The clock as it was at the end of the last run. */
    public long ranNs() {
        return ranNs;
    }

    @Override
    public void wake() {
        // what comes up during a run on this thread is dealt with by that run
        if (loop.inEventLoop() && running) {
            return;
        }
        if (!woken.getAndSet(true)) {
            loop.execute(runOnce);
        }
    }

    /** Runs something on the shard's thread and waits for it; for set-up and tests, not for messages. */
    public <T> T call(final Callable<T> task) throws Exception {
        if (loop.inEventLoop()) {
            return task.call();
        }
        try {
            return loop.submit(task).get();
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Starts the node and waits until its {@code onStart} has returned. */
    public void start(final SctpEndpoint endpoint, final NodeMachine node) throws Exception {
        start(List.of(endpoint), node);
    }

    /** The same for a node with several SCTP ports. */
    public void start(final List<? extends SctpEndpoint> ports, final NodeMachine node) throws Exception {
        call(() -> {
            shard.start(ports, node);
            started = true;
            nextTickNs = System.nanoTime();
            dueNs = nextTickNs;
            lookedNs = nextTickNs;
            thread.serve(this);
            wake();
            return null;
        });
    }

    /**
     * Input came from there: a thread that does not sleep, or hardly, reads it first from now on, before it asks who
     * else has some. On the loop.
     */
    public void readFirst(final DirectSource source) {
        fromSame = source == direct;
        direct = source;
    }

    /** This source is closed. */
    public void forget(final DirectSource source) {
        if (direct == source) {
            direct = null;
        }
    }

    boolean hasDirect() {
        return direct != null;
    }

    /** Waits a little for input from where the last came, if that pays. @return whether any came */
    boolean poll() {
        if (direct == null || !polling.pays()) {
            return false;
        }
        final long untilNs = lookedNs + Polling.MOST_NS;
        do {
            if (readDirectly()) {
                return true;
            }
        } while (System.nanoTime() - untilNs < 0);
        return false;
    }

    /** Reads from where the last input came. @return whether there was any */
    boolean readDirectly() {
        try {
            return direct != null && direct.readNow();
        } catch (final RuntimeException | Error e) {
            fail(e);
            return false;
        }
    }

    /** How long the thread may sleep if nothing comes, right after {@link #runIfDue}. */
    long untilDueNs() {
        return dueNs - lookedNs;
    }

    /** At the end of a turn: runs the shard if a deadline or the next look at the clock has come. */
    void runIfDue() {
        if (!ran) {
            lookedNs = System.nanoTime();
        }
        if (dueNs - lookedNs <= 0) {
            runOnce();
        }
        ran = false;
    }

    private void runOnce() {
        run(false);
    }

    private void run(final boolean afterInput) {
        // cleared first: whoever publishes from here on wakes us again
        if (woken.get()) {
            woken.getAndSet(false);
        }
        if (!started || ended) {
            return;
        }
        try {
            running = true;
            if (afterInput) {
                shard.run(inputNs);
            } else {
                shard.run();
            }
            running = false;
            if (draining && shard.node().isDrained()) {
                drained.complete(null);
            }
            plan();
        } catch (final RuntimeException | Error e) {
            fail(e);
        }
    }

    private void plan() {
        lookedNs = System.nanoTime();
        ranNs = lookedNs;
        ran = true;
        if (nextTickNs - lookedNs <= 0) {
            nextTickNs = lookedNs + shard.config().tickNs();
        }
        // what is left to do has the next turn of the loop. As a task, of which the loop does all that there are before
        // it looks at its sockets, it kept the answers unread until nothing was left to repeat
        dueNs = shard.wasCut() ? lookedNs : Math.min(nextTickNs, shard.nextDeadlineNs());
    }

    private void fail(final Throwable e) {
        // a broken invariant stops this node, which the pool exists to absorb; the peers get an ABORT and know at once
        LOG.error("this node stops: one of its invariants is broken", e);
        end();
        termination.completeExceptionally(e);
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        running = false;
        direct = null;
        thread.serve(null);
        try {
            shard.close();
        } catch (final RuntimeException e) {
            LOG.warn("closing the endpoint failed", e);
        }
    }

    /** Starts the graceful stop; the future completes when the node has nothing left to wait for. */
    public CompletableFuture<Void> beginDrain() {
        loop.execute(() -> {
            if (started && !draining && !ended) {
                draining = true;
                try {
                    shard.node().beginDrain(shard.beginInput());
                } catch (final RuntimeException | Error e) {
                    fail(e);
                }
            }
            wake();
        });
        return drained;
    }

    /**
     * Completes when this shard is closed and its ports are free, exceptionally, and maybe earlier, if a broken
     * invariant stopped it.
     */
    public CompletableFuture<Void> termination() {
        return termination;
    }

    /** Closes the endpoints, aborting what is still there, and gives the loop back. */
    @Override
    public void close() {
        loop.execute(() -> {
            end();
            thread.stop().thenRun(() -> termination.complete(null));
        });
    }
}
