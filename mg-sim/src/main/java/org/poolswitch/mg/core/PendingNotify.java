// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.megaco.ObservedEvent;

/** A Notify that its controller has not acknowledged. */
final class PendingNotify extends Alarm {
    final Termination termination;
    final ObservedEvent event;
    private final Notifier notifier;
    /** The request as it stands for its present addressee. */
    long transactionId;
    Controller addressee;
    byte[] octets;
    int timesSent;

    PendingNotify(final Notifier notifier, final Termination termination, final ObservedEvent event) {
        this.notifier = notifier;
        this.termination = termination;
        this.event = event;
    }

    @Override
    void fire(final long nowNs) {
        notifier.send(this, nowNs);
    }
}
