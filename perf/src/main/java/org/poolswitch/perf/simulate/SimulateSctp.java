// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import java.util.concurrent.Callable;
import org.poolswitch.sim.sctp.SctpOutcome;
import org.poolswitch.sim.sctp.SctpWorld;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code poolswitch simulate sctp}: SCTP alone, two or three endpoints, every fault there is. */
@Command(name = "sctp", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs two or three SCTP endpoints with users who do everything the interface allows, on a simulated "
        + "clock and network under every kind of fault. Exit status 0 only if every seed kept every promise.")
public final class SimulateSctp implements Callable<Integer> {
    private static final long REPORT_EVERY = 1_000;

    @Option(names = "--seeds", paramLabel = "FIRST-LAST", defaultValue = "1-1000",
        description = "Seeds to run; one seed is one world, always the same (default: ${DEFAULT-VALUE}).")
    private String seeds;

    @Override
    public Integer call() throws Exception {
        final SeedRange range = SeedRange.parse(seeds);
        SctpOutcome all = SctpOutcome.NOTHING;
        long bad = 0;
        for (long seed = range.first(); seed <= range.last(); seed++) {
            try {
                all = all.plus(new SctpWorld(seed).run());
            } catch (final AssertionError | RuntimeException e) {
                bad++;
                System.out.println(e.getMessage());
            }
            if ((seed - range.first() + 1) % REPORT_EVERY == 0) {
                System.out.println(seed - range.first() + 1 + " seeds, " + bad + " with a complaint");
            }
        }
        System.out.println(all);
        System.out.println(range.count() + " seeds, " + bad + " with a complaint");
        return bad == 0 ? 0 : 1;
    }
}
