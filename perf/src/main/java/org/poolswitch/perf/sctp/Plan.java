// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.nio.file.Path;

/**
 * How long and how often is measured.
 *
 * @param out       folder of the report and the plots
 * @param rounds    rounds of which the median or the sum counts
 * @param seconds   duration of a round where time is what is given
 * @param warmUps   rounds thrown away before; the compilers are done after some ten seconds of load
 * @param deaths    processes killed or stopped for each row of detection
 * @param cuts      times that traffic is cut for each row of detection
 * @param soakNs    how long false alarms are counted
 * @param busy      threads that keep cores busy meanwhile
 * @param packets   random packets
 * @param settings  SCTP settings of both ends in the throughput part
 */
record Plan(Path out, int rounds, int seconds, int warmUps, int deaths, int cuts, long soakNs, int busy, int packets,
    String settings) {
    static final long SECOND_NS = 1_000_000_000L;

    /** The first round of a series: rounds below 0 are thrown away. */
    int firstRound() {
        return warmUps > 1 ? -1 : 0;
    }

    long roundNs() {
        return seconds * SECOND_NS;
    }
}
