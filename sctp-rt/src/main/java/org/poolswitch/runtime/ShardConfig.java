// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/**
 * Bounds of the driver loop.
 *
 * @param eventsPerPass    transport events taken from one endpoint before their answers go out. 16: about what one
 *                         packet of signaling carries
 * @param inboxPerPass     inputs taken from other threads in one pass, for the same reason
 * @param passesPerRun     passes before sockets and other threads are looked at again. 8: a run then deals with about
 *                         as much as the read before it brought, so that who is late reads the answers to what it
 *                         asked before it asks again
 * @param tickNs           how often an idle shard looks at the clock. 10 ms: below the fence threshold; 100 wake-ups
 *                         a second cost nothing that can be measured
 * @param fenceThresholdNs a gap between two looks at the clock beyond which the shard must assume that others took it
 *                         for dead. 25 ms: above what a collector or scheduler needs on a healthy host, far below the
 *                         200 ms after which a silent element is replaced. 0 = never (virtual time)
 */
public record ShardConfig(int eventsPerPass, int inboxPerPass, int passesPerRun, long tickNs, long fenceThresholdNs) {
    private static final long MS = 1_000_000L;

    public ShardConfig {
        if (eventsPerPass < 1 || inboxPerPass < 1 || passesPerRun < 2) {
            throw new IllegalArgumentException("a shard must take at least one input per pass and two passes per run");
        }
        if (tickNs < MS) {
            throw new IllegalArgumentException("a shard's tick is at least 1 ms, not " + tickNs + " ns");
        }
        if (fenceThresholdNs != 0 && fenceThresholdNs < 2 * tickNs) {
            throw new IllegalArgumentException("the fence threshold (" + fenceThresholdNs + " ns) must be at least "
                + "twice the tick (" + tickNs + " ns), or every tick looks like a pause");
        }
    }

    /** For threads and real clocks. */
    public static ShardConfig defaults() {
        return new ShardConfig(16, 16, 8, 10 * MS, 25 * MS);
    }

    /** For virtual time, where whoever moves the clock also reports the jumps. */
    public static ShardConfig virtualTime() {
        return new ShardConfig(16, 16, 8, 10 * MS, 0);
    }

    /** The same with another threshold. */
    public ShardConfig withFenceThresholdNs(final long ns) {
        return new ShardConfig(eventsPerPass, inboxPerPass, passesPerRun, tickNs, ns);
    }
}
