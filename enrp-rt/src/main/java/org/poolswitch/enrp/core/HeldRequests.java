// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;

/**
 * What elements and users ask before this registrar has its table (RFC 5353 section 3.2: initialization comes before
 * service). It waits, in order, and is answered then: "unknown pool" would be untrue, and a registration could not be
 * compared with its pool. The wait ends with the mentor hunt, or when a mentor's pages stop coming; what does not fit
 * is not answered, so that who asked asks elsewhere.
 */
final class HeldRequests {
    private record Held(int association, int stream, int ppid, boolean unordered, byte[] octets) {
    }

    private final int mostMessages;
    private final int mostOctets;
    private final Counters counters;
    private final Deque<Held> held = new ArrayDeque<>();
    private int octets;

    HeldRequests(final EnrpTimers timers, final Counters counters) {
        mostMessages = timers.heldMessages();
        mostOctets = timers.heldOctets();
        this.counters = counters;
    }

    void add(final int association, final int stream, final int ppid, final boolean unordered, final byte[] buffer,
        final int offset, final int length) {
        if (held.size() >= mostMessages || octets + length > mostOctets) {
            counters.increment(EnrpCounter.HELD_DROPPED);
            return;
        }
        counters.increment(EnrpCounter.HELD);
        octets += length;
        held.add(new Held(association, stream, ppid, unordered, Arrays.copyOfRange(buffer, offset, offset + length)));
    }

    /** Nobody waits for these answers any more. */
    void onDown(final int association) {
        held.removeIf(h -> h.association() == association);
        octets = held.stream().mapToInt(h -> h.octets().length).sum();
    }

    /** This registrar serves. */
    void release(final AsapServer asap, final long nowNs) {
        for (Held h = held.poll(); h != null; h = held.poll()) {
            asap.onMessage(h.association(), h.stream(), h.ppid(), h.unordered(), h.octets(), 0, h.octets().length,
                nowNs);
        }
        octets = 0;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** At once, when it serves. */
    long nextDeadlineNs(final boolean serves) {
        return serves && !held.isEmpty() ? Long.MIN_VALUE : Machine.NO_DEADLINE;
    }
}
