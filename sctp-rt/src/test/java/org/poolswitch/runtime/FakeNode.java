// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import java.util.List;
import java.util.function.IntConsumer;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** A node that only writes down what happens to it. */
class FakeNode implements NodeMachine, SctpListener {
    final List<String> log;
    IntConsumer onSendable = association -> {
        // most tests have nothing to do here
    };
    Inbox inbox;
    long deadlineNs = NO_DEADLINE;
    boolean drained;

    FakeNode(final List<String> log) {
        this.log = log;
    }

    @Override
    public void onStart(final long nowNs) {
        log.add("start");
    }

    @Override
    public SctpListener sctpListener() {
        return this;
    }

    @Override
    public int pollInbox(final int limit, final long nowNs) {
        return inbox == null ? 0 : inbox.poll((slot, now) -> log.add("input " + slot.key()), limit, nowNs);
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        log.add("node jump " + pausedNs);
    }

    @Override
    public void beginDrain(final long nowNs) {
        log.add("drain");
        drained = true;
    }

    @Override
    public boolean isDrained() {
        return drained;
    }

    @Override
    public long nextDeadlineNs() {
        return deadlineNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        log.add("node deadline");
        deadlineNs = NO_DEADLINE;
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        log.add("up");
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        log.add("message");
    }

    @Override
    public void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
        log.add("suspect");
    }

    @Override
    public void onSendable(final int association, final long nowNs) {
        log.add("event " + association);
        onSendable.accept(association);
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        log.add("down");
    }
}
