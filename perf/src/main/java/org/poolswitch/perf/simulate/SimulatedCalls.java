// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import org.poolswitch.launch.Exercise;

/** The nodes' own machines under kills and pauses: what a failover needs is compiled before one happens. */
public final class SimulatedCalls implements Exercise {
    private static final int SEEDS = 6;

    @Override
    public void run() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Scenario.killsAndPauses(seed).run();
        }
    }
}
