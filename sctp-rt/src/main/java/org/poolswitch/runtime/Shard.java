// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;

/**
 * The driver loop, written once: takes bounded batches of inputs, fires due deadlines, repeats until nothing is left,
 * then lets the endpoints build packets. It owns no thread; whoever calls {@link #run()} lends one, always the same
 * (an event loop, an engine thread, a test, the simulator: {@code INVOKED}).
 */
public final class Shard {
    private final ShardConfig config;
    private final LongSupplier clock;
    private final Counters counters = new Counters(ShardCounter.class);
    private SctpEndpoint[] endpoints = new SctpEndpoint[0];
    private SctpListener[] listeners = new SctpListener[0];
    private AnnouncementDriver[] announcements = new AnnouncementDriver[0];
    private NodeMachine node;
    private long lastLookNs;
    private boolean cut;

    /** @param clock nanoseconds of a monotonic clock, real or virtual */
    public Shard(final ShardConfig config, final LongSupplier clock) {
        this.config = config;
        this.clock = clock;
        this.lastLookNs = clock.getAsLong();
    }

    /** Takes over a node and its endpoint and starts the node. */
    public void start(final SctpEndpoint endpoint, final NodeMachine machine) {
        start(List.of(endpoint), machine);
    }

    /** The same for a node with several SCTP ports, each an endpoint. */
    public void start(final List<? extends SctpEndpoint> ports, final NodeMachine machine) {
        for (int i = 0; i < ports.size(); i++) {
            addEndpoint(ports.get(i), machine.sctpListener(i));
        }
        node = machine;
        lastLookNs = clock.getAsLong();
        node.onStart(lastLookNs);
    }

    /** Adds one more endpoint of the same node, for example a registrar's second port. */
    public void addEndpoint(final SctpEndpoint endpoint, final SctpListener listener) {
        final int n = endpoints.length;
        endpoints = Arrays.copyOf(endpoints, n + 1);
        listeners = Arrays.copyOf(listeners, n + 1);
        endpoints[n] = endpoint;
        listeners[n] = listener;
    }

    /** Adds the way of one of the node's {@link NodeMachine#announcementPorts}. */
    public void addAnnouncements(final AnnouncementDriver driver) {
        announcements = Arrays.copyOf(announcements, announcements.length + 1);
        announcements[announcements.length - 1] = driver;
    }

    /**
     * Reads the clock before a batch of inputs. A gap since the last look that is longer than the fence threshold means
     * that this thread was not there: the machines hear of it before anything that happened meanwhile.
     *
     * @return now
     */
    public long beginInput() {
        final long now = clock.getAsLong();
        final long gap = now - lastLookNs;
        lastLookNs = now;
        if (config.fenceThresholdNs() != 0 && gap > config.fenceThresholdNs()) {
            onClockJump(gap, now);
        }
        return now;
    }

    /** Tells the machines that this shard did not run for {@code pausedNs}. */
    public void onClockJump(final long pausedNs, final long nowNs) {
        counters.increment(ShardCounter.CLOCK_JUMPS);
        counters.add(ShardCounter.CLOCK_JUMP_NANOS, pausedNs);
        for (final SctpEndpoint endpoint : endpoints) {
            endpoint.onClockJump(pausedNs, nowNs);
        }
        if (node != null) {
            node.onClockJump(pausedNs, nowNs);
        }
    }

    /**
     * One run of the loop.
     *
     * @return work done; if {@link #wasCut} is then true, the run ended at its limit and should be repeated soon
     */
    public int run() {
        return run(beginInput());
    }

    /**
     * The same right after a batch of inputs.
     *
     * @param nowNs what {@link #beginInput} said before them: the clock is read again before packets go out
     */
    int run(final long nowNs) {
        int total = 0;
        int pass = 0;
        for (long now = nowNs; pass < config.passesPerRun(); pass++) {
            final int work = pass(now);
            if (work == 0 && pass > 0) {
                break;
            }
            // after every pass: the first of many waiting for answers must not wait for the last; and packets that go
            // may make room in queues, after which there are events again
            now = flush();
            total += work;
        }
        counters.increment(ShardCounter.RUNS);
        counters.add(ShardCounter.WORK, total);
        cut = pass == config.passesPerRun();
        if (cut) {
            counters.increment(ShardCounter.RUNS_CUT);
        }
        return total;
    }

    /** True if the last run ended at its pass limit, so that there may be more to do. */
    public boolean wasCut() {
        return cut;
    }

    private int pass(final long nowNs) {
        int work = 0;
        for (int i = 0; i < endpoints.length; i++) {
            work += endpoints[i].poll(listeners[i], config.eventsPerPass(), nowNs);
        }
        if (node != null) {
            work += node.pollInbox(config.inboxPerPass(), nowNs);
            work += fire(node, nowNs);
        }
        for (final SctpEndpoint endpoint : endpoints) {
            work += fire(endpoint, nowNs);
        }
        return work;
    }

    private static int fire(final Machine machine, final long nowNs) {
        if (machine.nextDeadlineNs() > nowNs) {
            return 0;
        }
        machine.onDeadline(nowNs);
        return 1;
    }

    private long flush() {
        // the thread may have been stopped in the middle of the batch: what the batch decided may be out of date
        final long now = beginInput();
        for (final SctpEndpoint endpoint : endpoints) {
            endpoint.flush(now);
        }
        for (final AnnouncementDriver driver : announcements) {
            driver.flush(now);
        }
        return now;
    }

    /** The earliest deadline of all machines, or {@link Machine#NO_DEADLINE}. */
    public long nextDeadlineNs() {
        long next = node == null ? Machine.NO_DEADLINE : node.nextDeadlineNs();
        for (final SctpEndpoint endpoint : endpoints) {
            next = Math.min(next, endpoint.nextDeadlineNs());
        }
        return next;
    }

    /** Closes all endpoints: peers learn at once that this node is gone. */
    public void close() {
        final long now = clock.getAsLong();
        for (final SctpEndpoint endpoint : endpoints) {
            endpoint.close(now);
        }
        for (final AnnouncementDriver driver : announcements) {
            driver.close();
        }
    }

    /** The node that runs here, or null before {@link #start}. */
    public NodeMachine node() {
        return node;
    }

    /** The shard's own counters. */
    public Counters counters() {
        return counters;
    }

    /** The configuration. */
    public ShardConfig config() {
        return config;
    }
}
