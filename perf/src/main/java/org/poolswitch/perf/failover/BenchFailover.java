// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.poolswitch.launch.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code poolswitch bench failover}: the gap that calls see, per kind of death, over several rounds. */
@Command(name = "failover", mixinStandardHelpOptions = true,
    description = "Percentiles of the gap a call sees when a controller is killed, paused or cut off, and of "
        + "set-up when a registrar is killed, on real processes.")
public final class BenchFailover implements Callable<Integer> {
    /** Faults of one round, and the seconds that one takes with the rest before it. */
    private static final int FAULTS = 5;
    private static final int SECONDS_PER_FAULT = 4;
    private static final int MOST_ROUNDS = 1_000;
    private static final int LEAST_RATE = 10;
    private static final int MOST_RATE = 10_000;
    private static final long FAULT_MILLIS = 1_500;
    private static final long REST_MILLIS = 1_000;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
        description = "Rounds of kill registrar, kill GK, kill GWC, pause GWC, cut off GWC (default: "
            + "${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--rate", paramLabel = "PER_SECOND", defaultValue = "100",
        description = "Calls a second, Poisson, open loop (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "target/bench/failover",
        description = "Where logs go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || rounds > MOST_ROUNDS || rate < LEAST_RATE || rate > MOST_RATE) {
            throw new ConfigException("--rounds is 1 to " + MOST_ROUNDS + ", and --rate " + LEAST_RATE + " to "
                + MOST_RATE + " calls a second: fewer would hardly be hit");
        }
        Folders.empty("--out", out);
        final int calls = rounds * FAULTS * SECONDS_PER_FAULT * rate;
        final ProgressLine progress = new ProgressLine(calls);
        final DemoMonitor monitor = new DemoMonitor(progress);
        try (Cluster cluster = new Cluster(out, false, monitor::onEvent)) {
            System.out.println(rounds + " rounds of five faults under " + rate + " calls per second");
            Network.startControllers(cluster, out);
            Network.startGateway(cluster, out, calls, rate);
            final Faults faults = new Faults(cluster, monitor, out);
            for (int round = 0; round < rounds && !monitor.isEnded(); round++) {
                round(faults, round);
            }
            final NodeEvent end = monitor.awaitEnd(calls / rate + 60L);
            progress.end();
            System.out.println();
            System.out.println(monitor.gaps().table());
            System.out.println(monitor.registrars().table());
            System.out.println(SetupTimes.table(Network.records(out), monitor.gaps().deaths()));
            if (end == null) {
                System.out.println("the SG did not finish");
                return 1;
            }
            final long lost = end.number("lost");
            final long doubled = end.number("doubled") + Doubles.in(Network.seizures(out)).size();
            System.out.println("calls offered " + end.number("offered") + ", lost " + lost + ", doubled " + doubled);
            return lost == 0 && doubled == 0 ? 0 : 1;
        }
    }

    private static void round(final Faults faults, final int round) throws Exception {
        Thread.sleep(2 * REST_MILLIS);
        final String registrar = Network.REGISTRARS.get(round % Network.REGISTRARS.size());
        faults.kill(Death.Kind.KILL_REGISTRAR, registrar);
        faults.restart(registrar);
        Thread.sleep(REST_MILLIS);
        faults.awaitUp(registrar);
        final String gk = faults.killGatekeeperWithRequest();
        faults.restart(gk);
        Thread.sleep(REST_MILLIS);
        final String killed = Network.gwc(round);
        faults.kill(Death.Kind.KILL_GWC, killed);
        faults.restart(killed);
        Thread.sleep(REST_MILLIS);
        faults.awaitUp(gk);
        faults.awaitUp(killed);
        faults.pause(Network.gwc(round + 1), FAULT_MILLIS);
        Thread.sleep(REST_MILLIS);
        faults.cut(Network.gwc(round + 2), FAULT_MILLIS);
    }
}
