// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import org.poolswitch.launch.Exercise;

/** The nodes' own machines under kills and pauses: what a failover needs is compiled before one happens. */
public final class SimulatedCalls implements Exercise {
    private static final int SEEDS = 6;
    /** On a machine that is busy with other things a node would rather be there than be warm. */
    private static final long ENOUGH_NS = 3_000_000_000L;

    @Override
    public void run() {
        final long begun = System.nanoTime();
        for (long seed = 1; seed <= SEEDS && System.nanoTime() - begun < ENOUGH_NS; seed++) {
            Scenario.killsAndPauses(seed).run();
        }
    }
}
