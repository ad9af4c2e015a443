// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.util.List;
import java.util.concurrent.Callable;
import org.poolswitch.launch.ConfigException;
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
        if (!seeds.matches("[0-9]{1,18}(-[0-9]{1,18})?")) {
            throw new ConfigException("--seeds is FIRST-LAST or one number, not '" + seeds + "'");
        }
        final int dash = seeds.indexOf('-');
        final long first = Long.parseLong(dash < 0 ? seeds : seeds.substring(0, dash));
        final long last = dash < 0 ? first : Long.parseLong(seeds.substring(dash + 1));
        long bad = 0;
        for (long seed = first; seed <= last; seed++) {
            final List<String> wrong = run(seed);
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

    /** A world that breaks on its way is as bad as one that does not heal, and no reason not to try the others. */
    private static List<String> run(final long seed) {
        try {
            return new MeshScenario(seed).run();
        } catch (final SimFailure e) {
            return List.of("seed " + seed + ": " + e.getMessage());
        }
    }
}
