// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.util.PriorityQueue;

/** Virtual time, and what happens in it: in the order of time, at one time in the order in which it was planned. */
final class SimClock {
    private record Event(long atNs, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(final Event other) {
            return atNs != other.atNs ? Long.compare(atNs, other.atNs) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNs;
    private long eventNumber;
    private int eventsNow;

    long nowNs() {
        return nowNs;
    }

    /** Runs something at a time that is not in the past. */
    void schedule(final long atNs, final Runnable action) {
        if (atNs < nowNs) {
            throw new IllegalStateException("the past cannot be changed");
        }
        events.add(new Event(atNs, eventNumber++, action));
    }

    /** What happens next, its time having come; null if nothing does until then, which is now. */
    Runnable next(final long untilNs) {
        final Event next = events.peek();
        if (next == null || next.atNs() > untilNs) {
            advance(untilNs);
            return null;
        }
        events.poll();
        advance(next.atNs());
        eventsNow++;
        return next.action();
    }

    /** Events that this point of time has seen: for ever more would be somebody running in circles. */
    int eventsNow() {
        return eventsNow;
    }

    private void advance(final long toNs) {
        if (toNs > nowNs) {
            nowNs = toNs;
            eventsNow = 0;
        }
    }
}
