// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.megaco.ActionRequest;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.ObservedEvent;
import org.poolswitch.megaco.ObservedEventsDescriptor;
import org.poolswitch.megaco.TransactionRequest;
import org.poolswitch.observe.Counters;

/**
 * Tells owners what happened on their lines, until they say that they know. What is unacknowledged when a context gets
 * a new owner is told to the new one at once; what cannot be told because its owner is gone waits for either.
 */
final class Notifier {
    private final MgTimers timers;
    private final AlarmQueue alarms;
    private final Mailer mailer;
    private final TransactionIds ids;
    private final Counters counters;
    /** By TransactionID; in the order of the events as long as nobody takes over. */
    private final Map<Long, PendingNotify> pending = new LinkedHashMap<>();

    Notifier(final MgTimers timers, final AlarmQueue alarms, final Mailer mailer, final TransactionIds ids,
        final Counters counters) {
        this.timers = timers;
        this.alarms = alarms;
        this.mailer = mailer;
        this.ids = ids;
        this.counters = counters;
    }

    /** An event that the owner asked for. At most as many as events are kept for audit wait on one termination. */
    void onEvent(final Termination termination, final ObservedEvent event, final long nowNs) {
        final PendingNotify notify = new PendingNotify(this, termination, event);
        address(notify);
        send(notify, nowNs);
    }

    /** Somebody else owns the context now: what his predecessor has not acknowledged is news to him. */
    void onNewOwner(final MgContext context, final long nowNs) {
        for (final PendingNotify notify : of(context)) {
            pending.remove(notify.transactionId);
            alarms.cancel(notify);
            if (notify.termination.wants(notify.event.name())) {
                address(notify);
                send(notify, nowNs);
            }
        }
    }

    /** The controller can be reached (again): what waited for it goes out. */
    void onReachable(final Controller controller, final long nowNs) {
        for (final PendingNotify notify : new ArrayList<>(pending.values())) {
            if (notify.addressee == controller) {
                send(notify, nowNs);
            }
        }
    }

    /** @return whether the transaction was one of ours to this controller */
    boolean onReply(final Controller from, final long transactionId) {
        final PendingNotify notify = pending.get(transactionId);
        if (notify == null || notify.addressee != from) {
            return false;
        }
        pending.remove(transactionId);
        alarms.cancel(notify);
        counters.increment(MgCounter.NOTIFIES_ACKNOWLEDGED);
        return true;
    }

    /** The controller works on it: give it a full interval more. */
    void onPending(final Controller from, final long transactionId, final long nowNs) {
        final PendingNotify notify = pending.get(transactionId);
        if (notify != null && notify.addressee == from && notify.isSet()) {
            alarms.set(notify, nowNs + timers.notifyRetryMaxNs());
        }
    }

    /** The termination leaves the call: nobody needs to know any more. */
    void forget(final Termination termination) {
        for (final PendingNotify notify : of(termination.context)) {
            if (notify.termination == termination) {
                pending.remove(notify.transactionId);
                alarms.cancel(notify);
            }
        }
    }

    int waiting() {
        return pending.size();
    }

    /** Contexts with waiting Notifies are few, and most have one. */
    private List<PendingNotify> of(final MgContext context) {
        if (pending.isEmpty()) {
            return List.of();
        }
        final List<PendingNotify> found = new ArrayList<>(2);
        for (final PendingNotify notify : pending.values()) {
            if (notify.termination.context == context) {
                found.add(notify);
            }
        }
        return found;
    }

    /** A fresh transaction: a late answer of a former owner must not count as the new one's. */
    private void address(final PendingNotify notify) {
        notify.transactionId = ids.next();
        notify.addressee = notify.termination.context.owner;
        notify.octets = mailer.encode(TransactionRequest.of(notify.transactionId, ActionRequest.of(
            notify.termination.context.id, CommandRequest.notify(notify.termination.id,
                ObservedEventsDescriptor.of(notify.termination.events.requestId(), notify.event)))));
        pending.put(notify.transactionId, notify);
    }

    void send(final PendingNotify notify, final long nowNs) {
        final Controller to = notify.addressee;
        if (!to.isReachable()) {
            alarms.cancel(notify);
            return;
        }
        final MgContext context = notify.termination.context;
        final int stream = context.association == to.association ? context.stream : to.stream;
        counters.increment(notify.timesSent == 0 ? MgCounter.NOTIFIES_SENT : MgCounter.NOTIFIES_REPEATED);
        mailer.send(to.association, stream, notify.octets, nowNs);
        final long wait = timers.notifyRetryNs() << Math.min(notify.timesSent, 10);
        notify.timesSent++;
        alarms.set(notify, nowNs + Math.min(wait, timers.notifyRetryMaxNs()));
    }
}
