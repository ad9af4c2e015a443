// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.UndeliveredMessage;

/** What the kernel has not taken yet, oldest first. A message whose lifetime ends here never leaves. */
final class OutQueue {
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private long octets;
    private long nextExpiryNs = Machine.NO_DEADLINE;

    void add(final Outgoing message) {
        waiting.add(message);
        octets += message.payload().length;
        if (message.isMortal()) {
            nextExpiryNs = Math.min(nextExpiryNs, message.expiresNs());
        }
    }

    /** The oldest one, or null. */
    Outgoing peek() {
        return waiting.peek();
    }

    /** The kernel took the oldest one. */
    void remove() {
        octets -= waiting.remove().payload().length;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long octets() {
        return octets;
    }

    /** Messages that wait. */
    int size() {
        return waiting.size();
    }

    /** No lifetime ends before this. */
    long nextExpiryNs() {
        return waiting.isEmpty() ? Machine.NO_DEADLINE : nextExpiryNs;
    }

    /** Takes out what has outlived its use (RFC 3758 section 3.5, rule A1, before the first transmission). */
    List<UndeliveredMessage> expired(final long nowNs) {
        return nextExpiryNs() <= nowNs ? take(m -> m.isExpired(nowNs)) : List.of();
    }

    /** Takes out everything. */
    List<UndeliveredMessage> all() {
        return take(m -> true);
    }

    /** Takes out what was meant for streams that the peer does not have. */
    List<UndeliveredMessage> beyond(final int streams) {
        return take(m -> m.stream() >= streams);
    }

    private List<UndeliveredMessage> take(final Predicate<Outgoing> which) {
        final List<UndeliveredMessage> taken = new ArrayList<>();
        nextExpiryNs = Machine.NO_DEADLINE;
        waiting.removeIf(m -> {
            if (which.test(m)) {
                octets -= m.payload().length;
                taken.add(m.undelivered(false));
                return true;
            }
            nextExpiryNs = m.isMortal() ? Math.min(nextExpiryNs, m.expiresNs()) : nextExpiryNs;
            return false;
        });
        return taken;
    }
}
