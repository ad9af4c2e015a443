// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import org.poolswitch.runtime.ShardCounter;
import org.poolswitch.sctp.core.SctpCounter;

/**
 * What one end did so far.
 *
 * @param cpuNs      CPU time of its thread, system calls included
 * @param datagrams  sent
 * @param runs       of its loop, one for each time that something wakes it
 * @param timers     of associations that were due, most of them for a delayed SACK
 * @param repeated   DATA chunks sent again, tail-loss probes among them, and HEARTBEATs
 */
record EndCost(long cpuNs, long datagrams, long runs, long timers, long repeated) {
    private static final int FIELDS = 5;

    /** On the end's own thread. */
    static EndCost of(final End<?> end) {
        final var sctp = end.endpoint().core().counters();
        return new EndCost(SinkCommand.threadCpuNs(), sctp.get(SctpCounter.PACKETS_SENT),
            end.shard().shard().counters().get(ShardCounter.RUNS), sctp.get(SctpCounter.TIMERS),
            sctp.get(SctpCounter.RETRANSMISSIONS) + sctp.get(SctpCounter.HEARTBEATS_SENT));
    }

    EndCost minus(final EndCost before) {
        return new EndCost(cpuNs - before.cpuNs, datagrams - before.datagrams, runs - before.runs,
            timers - before.timers, repeated - before.repeated);
    }

    EndCost plus(final EndCost other) {
        return new EndCost(cpuNs + other.cpuNs, datagrams + other.datagrams, runs + other.runs,
            timers + other.timers, repeated + other.repeated);
    }

    /** As one word, for another process. */
    String text() {
        return cpuNs + "," + datagrams + "," + runs + "," + timers + "," + repeated;
    }

    static EndCost parse(final String text) {
        final String[] s = text.split(",");
        if (s.length != FIELDS) {
            throw new IllegalArgumentException("this is no cost of an end: " + text);
        }
        return new EndCost(Long.parseLong(s[0]), Long.parseLong(s[1]), Long.parseLong(s[2]), Long.parseLong(s[3]),
            Long.parseLong(s[4]));
    }
}
