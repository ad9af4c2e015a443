// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Pairs of rounds, first the floor, then we, under the same conditions one after the other. What is compared is each
 * pair; of the ratios the median counts, so that one stall of the machine does not decide about all rounds.
 */
final class Rounds {
    private final Histogram floor = EchoLatency.histogram();
    private final Histogram ours = EchoLatency.histogram();
    private final List<Histogram[]> pairs = new ArrayList<>();

    void add(final Histogram floorRound, final Histogram ourRound) {
        pairs.add(new Histogram[] {floorRound, ourRound});
        floor.add(floorRound);
        ours.add(ourRound);
    }

    /** All rounds of the floor together. */
    Histogram floor() {
        return floor;
    }

    /** All rounds of ours together. */
    Histogram ours() {
        return ours;
    }

    /** The median over the pairs of ours divided by the floor's. */
    double ratio(final double percentile) {
        final double[] sorted = pairs.stream().mapToDouble(pair -> (double) pair[1].getValueAtPercentile(percentile)
            / Math.max(1, pair[0].getValueAtPercentile(percentile))).sorted().toArray();
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
