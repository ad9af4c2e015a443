// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import ch.qos.logback.classic.Level;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final Logger LOG = LoggerFactory.getLogger(NodeRunner.class);
    private static final long TICK_MILLIS = 200;
    /** Exit status when a broken invariant stopped the node. */
    private static final int BROKEN = 70;

    private final NodeApp<N> app;
    private final NodeOptions options;
    private final EventLog events;
    private final MetricsBook book = new MetricsBook();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
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
        final ch.qos.logback.classic.Logger root =
            (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(options.logLevel));
        if (!options.noWarmUp) {
            ServiceLoader.load(Exercise.class).forEach(Exercise::run);
        }
        shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), app.name());
        try (Transport transport = Transport.open(options, app.sctpPort(), app.morePorts(), shard)) {
            start(transport);
            return serve();
        } finally {
            gone.countDown();
        }
    }

    private int serve() throws Exception {
        final MetricsServer metrics = options.metricsPort == 0 ? null
            : new MetricsServer(options.host(), options.metricsPort, book);
        banner();
        watch();
        over.await();
        final int status = finish();
        if (metrics != null) {
            metrics.close();
        }
        return status;
    }

    private void start(final Transport transport) throws Exception {
        final AsapConfig asap = options.asapConfig(transport.endpoints().get(0).localAddress());
        node = app.create(transport.endpoints(), asap, new SecureRandom());
        app.describe(node, book);
        if (app.stack(node) != null) {
            app.stack(node).observe(new AsapLog());
        }
        registrar = app.stack(node) == null ? null : new RegistrarWatch(app.stack(node), options);
        transport.describe(book);
        transport.announcements(node.announcementPorts(), options);
        shard.start(transport.endpoints(), node);
        shard.call(() -> {
            app.started(node, shard::wake, events);
            return null;
        });
    }

    private void banner() throws ConfigException {
        LOG.info("{} at {} ({} transport, {} timers), process {}", app.name(),
            options.host().getHostAddress() + (app.sctpPort() == 0 ? "" : ":" + app.sctpPort()),
            options.transport, options.profile, ProcessHandle.current().pid());
        app.settings().forEach(LOG::info);
        if (options.metricsPort != 0) {
            LOG.info("metrics at http://{}:{}/metrics", options.host().getHostAddress(), options.metricsPort);
        }
    }

    /** Everything that may end the process: the node itself, SIGTERM, a broken invariant, the parent's end. */
    private void watch() {
        shard.eventLoop().scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        shard.termination().whenComplete((nothing, error) -> {
            broken = error != null;
            over.countDown();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "stop"));
        if (options.exitWith != 0) {
            ProcessHandle.of(options.exitWith).ifPresentOrElse(
                parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)),
                () -> Runtime.getRuntime().halt(1));
        }
    }

    private void tick() {
        if (registrar != null) {
            registrar.look(System.nanoTime());
        }
        app.tick(node, events, System.nanoTime());
        if (app.isFinished(node)) {
            over.countDown();
        }
    }

    private void onSignal() {
        if (over.getCount() == 0 || !stopping.compareAndSet(false, true)) {
            return;
        }
        LOG.info("stopping: no new work is taken, what is there gets {} s to finish", options.drainSeconds);
        int status = 0;
        try {
            shard.beginDrain().get(options.drainSeconds, TimeUnit.SECONDS);
        } catch (final Exception e) {
            LOG.warn("stopped with work left after {} s", options.drainSeconds);
            status = 1;
        }
        over.countDown();
        try {
            gone.await(2, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // a drained stop is a success; without this the JVM would report the signal
        Runtime.getRuntime().halt(status);
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
