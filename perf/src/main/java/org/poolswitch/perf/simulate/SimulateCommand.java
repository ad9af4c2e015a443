// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import java.util.List;
import java.util.concurrent.Callable;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.perf.simulate.mesh.SimulateMesh;
import org.poolswitch.sim.FaultPlan.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code poolswitch simulate}: the whole network on a simulated clock, as many seeds as one likes. */
@Command(name = "simulate", mixinStandardHelpOptions = true, sortOptions = false,
    subcommands = {SimulateSctp.class, SimulateMesh.class},
    description = "Runs the whole network, the nodes' own machines, on a simulated clock and network under loss, kills "
        + "and pauses. Exit status 0 only if no seed lost or doubled a call or left something behind.")
public final class SimulateCommand implements Callable<Integer> {
    private static final long REPORT_EVERY = 1_000;
    private static final int MOST_FAULTS = 1_000;

    @Option(names = "--seeds", paramLabel = "FIRST-LAST", defaultValue = "1-1000",
        description = "Seeds to run; one seed is one run, always the same (default: ${DEFAULT-VALUE}).")
    private String seeds;

    @Option(names = "--faults", paramLabel = "KIND", split = ",", defaultValue = "KILL,PAUSE",
        description = "Kinds of faults: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Kind> kinds;

    @Option(names = "--nodes", paramLabel = "NODE", split = ",", defaultValue = "gwc1,gwc2,gwc3,gk1,gk2,mg1,mg2,mg3",
        description = "Nodes that they happen to; mg3 is in every third world (default: ${DEFAULT-VALUE}).")
    private List<String> nodes;

    @Option(names = "--count", paramLabel = "N", defaultValue = "3",
        description = "Faults of one run (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--patient",
        description = "People wait and talk longer than any fault lasts: an answer or a hang-up that is not heard, "
            + "because a media gateway was out of reach, is a complaint.")
    private boolean patient;

    @Override
    public Integer call() throws Exception {
        final SeedRange range = SeedRange.parse(seeds);
        if (count < 0 || count > MOST_FAULTS) {
            throw new ConfigException("--count is 0 to " + MOST_FAULTS + ", not " + count);
        }
        for (final String node : nodes) {
            if (!CallWorld.NODES.contains(node)) {
                throw new ConfigException("--nodes knows " + String.join(", ", CallWorld.NODES) + ", not '" + node
                    + "'");
            }
        }
        final long first = range.first();
        final long last = range.last();
        long bad = 0;
        for (long seed = first; seed <= last; seed++) {
            final Scenario scenario = Scenario.killsAndPauses(seed).with(kinds, nodes, count);
            final List<String> wrong = (patient ? scenario.withPatience() : scenario).run();
            if (!wrong.isEmpty()) {
                bad++;
                System.out.println(String.join("\n  ", wrong));
            }
            if ((seed - first + 1) % REPORT_EVERY == 0) {
                System.out.println(seed - first + 1 + " seeds, " + bad + " with a complaint");
            }
        }
        System.out.println(last - first + 1 + " seeds, " + bad + " with a complaint");
        return bad == 0 ? 0 : 1;
    }
}
