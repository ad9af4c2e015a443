// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Loads what nodes load, so that the launcher can archive the classes; run once after a build. */
@Command(name = "warm-up", hidden = true, description = "Loads the classes of all nodes.")
final class WarmUp implements Callable<Integer> {
    @Override
    public Integer call() {
        for (final CommandLine each : new CommandLine(new Main()).getSubcommands().values()) {
            each.getUsageMessage();
        }
        return 0;
    }
}
