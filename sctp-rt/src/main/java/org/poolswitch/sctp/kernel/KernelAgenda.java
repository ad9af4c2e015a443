// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpListener;

/** What an endpoint's associations leave for the shard's next run: events, messages to write, times to look again. */
final class KernelAgenda {
    private final EventLoopShard shard;
    private final int maxEvents;
    private final long maxOctets;
    private final SendTotal sendTotal;
    private final Deque<KernelEvent> events = new ArrayDeque<>();
    private final Set<KernelAssociation> dirty = new LinkedHashSet<>();
    /** Payload in events. */
    private long octets;
    /** Nothing is due before this; it may be too early, for what is put off stays in it. */
    private long earliestNs = Machine.NO_DEADLINE;
    /** The time of what is read or written now; each look at the clock may be a system call. */
    private long batchNs;
    private boolean inBatch;
    /** The user is behind. */
    private boolean full;

    /** @param config how much may wait, for the user before the sockets are left alone, and for the kernel */
    KernelAgenda(final EventLoopShard shard, final KernelConfig config) {
        this.shard = shard;
        this.maxEvents = config.maxQueuedEvents();
        this.maxOctets = config.maxQueuedOctets();
        this.sendTotal = new SendTotal(config.sendTotalOctets());
    }

    SendTotal sendTotal() {
        return sendTotal;
    }

    /**
     * False while the user is so far behind that what peers send is better kept by the kernel, whose window closes.
     * That lasts until he has taken half: if it ended with each event, the sockets that the selector names first would
     * be read and the others never.
     */
    boolean takesMore() {
        full = events.size() >= maxEvents || octets >= maxOctets
            || full && (events.size() > maxEvents / 2 || octets > maxOctets / 2);
        return !full;
    }

    /** Now, for all that the sockets say until the shard's next run. On the loop. */
    long batchNs() {
        if (!inBatch) {
            // the run ends this batch, even if nothing comes of it
            shard.wake();
            batchNs = shard.beginInput();
            inBatch = true;
        }
        return batchNs;
    }

    void event(final KernelEvent event) {
        events.add(event);
        octets += event.octets();
        shard.wake();
    }

    /** It has something for the kernel. */
    void dirty(final KernelAssociation association) {
        dirty.add(association);
        shard.wake();
    }

    /** Something of an association is due at this time, or later after all. */
    void due(final long atNs) {
        if (atNs < earliestNs) {
            earliestNs = atNs;
            shard.wake();
        }
    }

    /** It has nothing for the kernel any more; its events are still delivered. */
    void remove(final KernelAssociation association) {
        dirty.remove(association);
    }

    /** As {@link org.poolswitch.sctp.SctpEndpoint#poll} says. */
    int poll(final SctpListener listener, final int limit, final long nowNs) {
        inBatch = false;
        int delivered = 0;
        for (; delivered < limit && !events.isEmpty(); delivered++) {
            final KernelEvent event = events.poll();
            octets -= event.octets();
            event.deliver(listener, nowNs);
        }
        return delivered;
    }

    void flush(final long nowNs) {
        if (dirty.isEmpty()) {
            return;
        }
        final List<KernelAssociation> now = new ArrayList<>(dirty);
        dirty.clear();
        batchNs = nowNs;
        inBatch = true;
        now.forEach(a -> a.flush(nowNs));
        inBatch = false;
    }

    long nextDeadlineNs() {
        return earliestNs;
    }

    void onDeadline(final Collection<KernelAssociation> associations, final long nowNs) {
        earliestNs = Machine.NO_DEADLINE;
        for (final KernelAssociation a : List.copyOf(associations)) {
            if (a.deadlineNs() <= nowNs) {
                a.onDeadline(nowNs);
            }
            earliestNs = Math.min(earliestNs, a.deadlineNs());
        }
    }
}
