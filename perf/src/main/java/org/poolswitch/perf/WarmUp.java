// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import java.util.concurrent.Callable;
import org.poolswitch.launch.MetricsBook;
import org.poolswitch.perf.simulate.SimulatedCalls;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Loads what nodes load, so that the launcher can archive the classes; run once after a build. */
@Command(name = "warm-up", mixinStandardHelpOptions = true,
    description = "Writes class data for this place and this Java, which halve the start of a node.")
final class WarmUp implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        for (final CommandLine each : new CommandLine(new Main()).getSubcommands().values()) {
            each.getUsageMessage();
        }
        new SimulatedCalls().run();
        new MetricsBook().scrape();
        LoggerFactory.getLogger(WarmUp.class).info("classes loaded");
        return 0;
    }
}
