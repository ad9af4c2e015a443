// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.poolswitch.launch.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code poolswitch demo}: a telephone network on loopback, whose controllers are killed while calls go through it. */
@Command(name = "demo", mixinStandardHelpOptions = true,
    description = "Starts three registrars, three GWCs, two GKs, an MG and an SG on loopback; replays a real call, "
        + "then places calls while controllers are killed and paused. Exit status 0 only if no call was lost or "
        + "doubled.")
public final class DemoCommand implements Callable<Integer> {
    /** The script needs this long to put its four faults with some calm between them. */
    private static final int LEAST_SECONDS = 12;
    private static final long STOP_SECONDS = 10;

    @Option(names = "--calls", paramLabel = "N", defaultValue = "2400",
        description = "Calls to place (default: ${DEFAULT-VALUE}).")
    private int calls;

    @Option(names = "--rate", paramLabel = "PER_SECOND", defaultValue = "120",
        description = "Calls a second, Poisson (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "target/demo",
        description = "Where packets, logs and the report go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--replay-speed", paramLabel = "N", defaultValue = "10",
        description = "How many times faster than captured the real call is replayed (default: ${DEFAULT-VALUE}).")
    private double replaySpeed;

    @Override
    public Integer call() throws Exception {
        if (rate < 10 || calls / rate < LEAST_SECONDS) {
            throw new ConfigException("the demo's faults need at least 10 calls a second for " + LEAST_SECONDS
                + " seconds; --calls " + calls + " at --rate " + rate + " is too little");
        }
        if (!(replaySpeed > 0 && replaySpeed <= 1e6)) {
            throw new ConfigException("--replay-speed is more than 0 and at most a million, not " + replaySpeed);
        }
        Folders.empty("--out", out);
        final ProgressLine progress = new ProgressLine(calls);
        final DemoMonitor monitor = new DemoMonitor(progress);
        try (Cluster cluster = new Cluster(out, true, monitor::onEvent)) {
            System.out.println("Starting three registrars, three GWCs, two GKs and an MG, each a process on loopback");
            Network.startControllers(cluster, out);
            System.out.printf("Replaying one real call, %.0f times as fast as it was%n", replaySpeed);
            Network.startGateway(cluster, out, calls, rate, "--replay", "builtin", "--replay-speed",
                Double.toString(replaySpeed));
            final NodeEvent replay = monitor.awaitReplay(60);
            System.out.println("  " + DemoReport.replayLine(replay));
            System.out.println("Placing " + calls + " calls at " + rate + " per second");
            final FaultScript script = new FaultScript(new Faults(cluster, monitor, out), progress,
                (double) calls / rate);
            script.run();
            final NodeEvent end = monitor.awaitEnd(calls / rate + 60L);
            progress.end();
            final List<String> stuck = cluster.stop(Network.controllers(), STOP_SECONDS);
            return new DemoReport(out, monitor, replay, end, stuck, script.done()).write(cluster.captures());
        }
    }
}
