// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one node as a process: checks the settings, opens transport and metrics, prints what matters, drives the node
 * until it has finished or SIGTERM comes, then lets it drain.
 *
 * @param <N> the node's machine
 */
public final class NodeRunner<N extends NodeMachine> {
    /** Exit status when a broken invariant stopped the process. */
    public static final int BROKEN = 70;

    private static final Logger LOG = LoggerFactory.getLogger(NodeRunner.class);
    private static final long TICK_MILLIS = 200;

    private final NodeApp<N> app;
    private final NodeOptions options;
    private final EventLog events;
    private final MetricsBook book = new MetricsBook();
    private final StopSignal stop = new StopSignal(this::drain);
    private final CountDownLatch over = new CountDownLatch(1);
    private EventLoopShard shard;
    private N node;
    private RegistrarWatch registrar;
    private volatile boolean broken;

    public NodeRunner(final NodeApp<N> app, final NodeOptions options) {
        this.app = app;
        this.options = options;
        this.events = options.events ? new EventLog(out()) : EventLog.off();
    }

    /**
     * Standard output, written in blocks: a line of its own system call each would be a burden just when it matters.
     */
    private static PrintStream out() {
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false,
            StandardCharsets.UTF_8);
    }

    /** Runs the node to its end. @return the process's exit status */
    public int run() throws Exception {
        options.validate();
        LogOutput.level(options.logLevel);
        stop.listen();
        try {
            if (!options.noWarmUp) {
                ServiceLoader.load(Exercise.class).forEach(Exercise::run);
            }
            return stop.ended(open());
        } finally {
            stop.over();
        }
    }

    private int open() throws Exception {
        // first: a node whose metrics cannot be served must not have joined its pool
        try (MetricsServer metrics = MetricsServer.open(options.host(), options.metricsPort)) {
            shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), app.name());
            try (Transport transport = Transport.open(options, app.sctpPort(), app.morePorts(), shard)) {
                make(transport);
                if (!stop.mayServe()) {
                    return 0;
                }
                start(transport);
                metrics.serve(book, () -> shard.call(() -> true));
                return serve(transport);
            }
        }
    }

    private int serve(final Transport transport) throws Exception {
        banner();
        watch(transport);
        stop.serving();
        over.await();
        return finish();
    }

    private void make(final Transport transport) throws Exception {
        final AsapConfig asap = options.asapConfig(transport.endpoints().get(0).localAddress());
        node = app.create(transport.endpoints(), asap, new SecureRandom());
        app.describe(node, book);
        if (app.stack(node) != null) {
            app.stack(node).observe(new AsapLog());
        }
        registrar = app.stack(node) == null ? null : new RegistrarWatch(app.stack(node), options);
        transport.describe(book);
        transport.announcements(node.announcementPorts(), options);
    }

    private void start(final Transport transport) throws Exception {
        shard.start(transport.endpoints(), node);
        shard.call(() -> {
            app.started(node, shard::wake, events);
            return null;
        });
    }

    private void banner() throws ConfigException {
        LOG.info("{} at {} ({} transport, {} timers), process {}", app.name(),
            AddressText.withPort(options.host(), app.sctpPort()),
            options.transport, options.profile, ProcessHandle.current().pid());
        app.settings().forEach(LOG::info);
        if (options.metricsPort != 0) {
            LOG.info("metrics at http://{}/metrics", AddressText.withPort(options.host(), options.metricsPort));
        }
    }

    /** Everything that may end the process: the node itself, a broken invariant, the parent's end; and SIGTERM. */
    private void watch(final Transport transport) {
        shard.eventLoop().scheduleAtFixedRate(() -> tick(transport), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        shard.termination().whenComplete((nothing, error) -> {
            broken = error != null;
            over.countDown();
        });
        if (options.exitWith != 0) {
            ProcessHandle.of(options.exitWith).ifPresentOrElse(
                parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)),
                () -> Runtime.getRuntime().halt(1));
        }
    }

    private void tick(final Transport transport) {
        if (registrar != null) {
            registrar.look(System.nanoTime());
        }
        transport.look();
        app.tick(node, events, System.nanoTime());
        if (app.isFinished(node)) {
            over.countDown();
        }
    }

    /** SIGTERM came. @return exit status so far */
    private int drain() {
        if (over.getCount() == 0) {
            return 0;
        }
        LOG.info("stopping: no new work is taken, what is there gets {} s to finish", options.drainSeconds);
        try {
            CompletableFuture.anyOf(shard.beginDrain(), shard.termination()).get(options.drainSeconds,
                TimeUnit.SECONDS);
            return 0;
        } catch (final TimeoutException e) {
            LOG.warn("stopped with work left after {} s", options.drainSeconds);
            return 1;
        } catch (final InterruptedException | ExecutionException e) {
            return BROKEN;
        } finally {
            over.countDown();
        }
    }

    private int finish() throws Exception {
        if (broken) {
            return BROKEN;
        }
        final int status = shard.call(() -> app.ended(node, events));
        events.drain();
        return status;
    }
}
