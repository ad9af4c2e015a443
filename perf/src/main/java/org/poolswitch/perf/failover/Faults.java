// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts faults on the nodes of a cluster and notes when. Killed nodes are started again, paused and cut ones go on. */
final class Faults {
    private static final long HELD_REQUEST_SECONDS = 10;
    /** What a service manager waits before it starts a process again. */
    private static final long RESTART_MILLIS = 500;
    private final Cluster cluster;
    private final DemoMonitor monitor;
    private final Path folder;

    Faults(final Cluster cluster, final DemoMonitor monitor, final Path folder) {
        this.cluster = cluster;
        this.monitor = monitor;
        this.folder = folder;
    }

    /** While this file exists, a gatekeeper with {@code --admission hold} keeps the next ARQ unanswered and says so. */
    static Path holdFile(final Path folder) {
        return folder.resolve("hold-admission");
    }

    /** While this file exists, the node with {@code --drill-cut} hears and says nothing. */
    static Path cutFile(final Path folder, final String node) {
        return folder.resolve("cut-" + node);
    }

    /** Kills the gatekeeper that has just received an admission request, before it answers. @return which it was */
    String killGatekeeperWithRequest() throws IOException, InterruptedException {
        final DemoMonitor.HeldRequest request = monitor.expectHeldRequest();
        Files.createFile(holdFile(folder));
        final String holder = request.await(HELD_REQUEST_SECONDS);
        Files.deleteIfExists(holdFile(folder));
        if (holder == null) {
            throw new IllegalStateException("no gatekeeper received an admission request within "
                + HELD_REQUEST_SECONDS + " s");
        }
        kill(Death.Kind.KILL_GK, holder);
        return holder;
    }

    /** SIGKILL. */
    void kill(final Death.Kind kind, final String node) throws InterruptedException {
        final NodeProcess process = cluster.node(node);
        monitor.died(new Death(kind, node, System.nanoTime()));
        process.kill();
        process.awaitExit(5);
    }

    /** Starts a killed node again. */
    void restart(final String node) throws Exception {
        Thread.sleep(RESTART_MILLIS);
        cluster.restart(node);
    }

    /** Waits until a node that was started again is in service. */
    void awaitUp(final String node) throws Exception {
        cluster.awaitUp(List.of(node));
    }

    /** SIGSTOP for a while, then SIGCONT. */
    void pause(final String node, final long millis) throws IOException, InterruptedException {
        final NodeProcess process = cluster.node(node);
        monitor.died(new Death(Death.Kind.PAUSE_GWC, node, System.nanoTime()));
        process.pause();
        Thread.sleep(millis);
        process.resume();
    }

    /** Drops everything to and from a node for a while. */
    void cut(final String node, final long millis) throws IOException, InterruptedException {
        final Path file = cutFile(folder, node);
        monitor.died(new Death(Death.Kind.CUT_GWC, node, System.nanoTime()));
        Files.createFile(file);
        Thread.sleep(millis);
        Files.delete(file);
    }
}
