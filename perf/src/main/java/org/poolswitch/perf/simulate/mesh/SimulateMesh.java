// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.util.List;
import java.util.concurrent.Callable;
import org.poolswitch.perf.simulate.SeedRange;
import org.poolswitch.sim.SimFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code poolswitch simulate mesh}: meshes of registrars on a simulated clock, as many seeds as one likes. */
@Command(name = "mesh", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs meshes of 1 to 7 registrars with pools, elements and users under kills, pauses, partitions, "
        + "loss, clock drift and registration storms. Exit status 0 only if every one healed: checksums agree, every "
        + "element has one home and is known everywhere, and the dead are gone.")
public final class SimulateMesh implements Callable<Integer> {
    private static final long REPORT_EVERY = 1_000;

    @Option(names = "--seeds", paramLabel = "FIRST-LAST", defaultValue = "1-1000",
        description = "Seeds to run; one seed is one run, always the same (default: ${DEFAULT-VALUE}).")
    private String seeds;

    @Override
    public Integer call() throws Exception {
        final SeedRange range = SeedRange.parse(seeds);
        long bad = 0;
        long history = 0;
        for (long seed = range.first(); seed <= range.last(); seed++) {
            final MeshScenario scenario = new MeshScenario(seed);
            final List<String> wrong = run(seed, scenario);
            history = 31 * history + scenario.traceHash();
            if (!wrong.isEmpty()) {
                bad++;
                System.out.println(String.join("\n  ", wrong));
            }
            if ((seed - range.first() + 1) % REPORT_EVERY == 0) {
                System.out.println(seed - range.first() + 1 + " seeds, " + bad + " with a complaint");
            }
        }
        // the same on every JVM and machine, or a seed is not one run
        System.out.printf("%d seeds, %d with a complaint, history %016x%n", range.count(), bad, history);
        return bad == 0 ? 0 : 1;
    }

    /** A world that breaks on its way is as bad as one that does not heal, and no reason not to try the others. */
    private static List<String> run(final long seed, final MeshScenario scenario) {
        try {
            return scenario.run();
        } catch (final SimFailure e) {
            return List.of("seed " + seed + ": " + e.getMessage());
        }
    }
}
