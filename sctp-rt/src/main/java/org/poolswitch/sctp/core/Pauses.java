// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Collections;
import java.util.List;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpConfig;

/**
 * Times when our own process did not run. Each association hears of them when something happens to it, or when its turn
 * comes to be asked whether it is still there: ten thousand at once would be the next pause.
 */
final class Pauses {
    /** Associations whose turn comes at once. */
    private final int atOnce;
    /** The others, one after the other. */
    private final long everyNs;
    private List<Association> waiting = List.of();
    private int next;
    private long nextNs;
    private int count;

    Pauses(final SctpConfig config) {
        atOnce = config.heartbeatPortBurst();
        everyNs = config.heartbeatPauseIntervalNs();
    }

    /** How many there were: an association that has seen fewer must hear of them first. */
    int count() {
        return count;
    }

    /** There was one. Those who still wait because of the last one come first. */
    void add(final List<Association> all, final long nowNs) {
        count++;
        while (next < waiting.size() && waiting.get(next).isClosed()) {
            next++;
        }
        if (next < waiting.size()) {
            Collections.rotate(all, -Math.max(0, all.indexOf(waiting.get(next))));
        }
        waiting = all;
        next = 0;
        nextNs = nowNs - atOnce * everyNs;
    }

    /** When the next turn comes. */
    long nextNs() {
        return next < waiting.size() ? nextNs : Machine.NO_DEADLINE;
    }

    /** The association whose turn has come, or null. */
    Association pollDue(final long nowNs) {
        if (nextNs() > nowNs) {
            return null;
        }
        nextNs += everyNs;
        final Association a = waiting.get(next++);
        if (next == waiting.size()) {
            waiting = List.of();
            next = 0;
        }
        return a;
    }

    /** How long until everybody had a turn. */
    long leftNs() {
        return (waiting.size() - next) * everyNs;
    }
}
