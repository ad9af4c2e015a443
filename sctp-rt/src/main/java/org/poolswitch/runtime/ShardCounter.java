// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import org.poolswitch.observe.CounterDescriptor;

/** What a shard counts. */
public enum ShardCounter implements CounterDescriptor {
    /** Runs of the loop. */
    RUNS("shard_runs_total", "Runs of the driver loop."),
    /** Inputs of all kinds. */
    WORK("shard_work_total", "Events, inbox inputs and timer firings handled."),
    /** Runs that stopped at their limit. */
    RUNS_CUT("shard_runs_cut_total", "Runs that ended at their pass limit with work left."),
    /** Clock jumps. */
    CLOCK_JUMPS("shard_clock_jumps_total", "Times this shard found that it had not run for longer than the threshold."),
    /** Time lost in jumps. */
    CLOCK_JUMP_NANOS("shard_clock_jump_nanoseconds_total", "Sum of the gaps counted as clock jumps.");

    private final String id;
    private final String help;

    ShardCounter(final String id, final String help) {
        this.id = id;
        this.help = help;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String help() {
        return help;
    }
}
