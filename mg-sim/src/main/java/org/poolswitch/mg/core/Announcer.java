// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.HashMap;
import java.util.Map;
import org.poolswitch.megaco.ActionRequest;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.ServiceChangeDescriptor;
import org.poolswitch.megaco.ServiceChangeMethod;
import org.poolswitch.megaco.TerminationId;
import org.poolswitch.megaco.TransactionRequest;
import org.poolswitch.observe.Counters;

/** Announces the gateway with ServiceChange on ROOT to each controller that connects (RFC 3525 section 11.2). */
final class Announcer {
    /** What concerns the association and no call. */
    static final int STREAM = 0;

    private final class Announcement extends Alarm {
        private final int association;
        private final long transactionId;
        private final byte[] octets;
        private int timesSent;

        Announcement(final int association, final long transactionId, final byte[] octets) {
            this.association = association;
            this.transactionId = transactionId;
            this.octets = octets;
        }

        @Override
        void fire(final long nowNs) {
            if (timesSent == timers.serviceChangeTries()) {
                // it takes its calls from the cookie and the circuit, not from this: go on without
                open.remove(association);
                return;
            }
            timesSent++;
            counters.increment(MgCounter.SERVICE_CHANGES);
            mailer.send(association, STREAM, octets, nowNs);
            alarms.set(this, nowNs + timers.serviceChangeRetryNs());
        }
    }

    private final MgTimers timers;
    private final AlarmQueue alarms;
    private final Mailer mailer;
    private final TransactionIds ids;
    private final Counters counters;
    private final Map<Integer, Announcement> open = new HashMap<>();

    Announcer(final MgTimers timers, final AlarmQueue alarms, final Mailer mailer, final TransactionIds ids,
        final Counters counters) {
        this.timers = timers;
        this.alarms = alarms;
        this.mailer = mailer;
        this.ids = ids;
        this.counters = counters;
    }

    /**
     * A controller is there.
     *
     * @param cold whether this gateway has had no call yet: a Restart means that there are no contexts, and must not
     *             be said to a controller that takes over from another
     */
    void announce(final int association, final boolean cold, final long nowNs) {
        announce(association, cold ? ServiceChangeDescriptor.of(ServiceChangeMethod.RESTART, "901 Cold Boot")
            : ServiceChangeDescriptor.of(ServiceChangeMethod.DISCONNECTED, "900 Service Restored"), nowNs);
    }

    /** No new calls, please. */
    void announceEnd(final int association, final long nowNs) {
        announce(association, ServiceChangeDescriptor.of(ServiceChangeMethod.GRACEFUL,
            "905 Termination taken out of service"), nowNs);
    }

    private void announce(final int association, final ServiceChangeDescriptor what, final long nowNs) {
        final long id = ids.next();
        final Announcement announcement = new Announcement(association, id, mailer.encode(TransactionRequest.of(id,
            ActionRequest.of(ContextId.NULL, CommandRequest.serviceChange(TerminationId.ROOT,
                what.withVersion(MegacoMessage.VERSION))))));
        final Announcement before = open.put(association, announcement);
        if (before != null) {
            alarms.cancel(before);
        }
        announcement.fire(nowNs);
    }

    /** @return whether the transaction was one of these on that association */
    boolean onReply(final int association, final long transactionId) {
        final Announcement announcement = open.get(association);
        if (announcement == null || announcement.transactionId != transactionId) {
            return false;
        }
        onDown(association);
        counters.increment(MgCounter.SERVICE_CHANGES_ACKNOWLEDGED);
        return true;
    }

    void onDown(final int association) {
        final Announcement announcement = open.remove(association);
        if (announcement != null) {
            alarms.cancel(announcement);
        }
    }
}
