// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;

/** A node that is one machine on an ASAP stack: what they have in common as seen by whoever drives them. */
public abstract class AsapNode implements NodeMachine {
    private final AsapStack stack;

    protected AsapNode(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random) {
        stack = new AsapStack(config, endpoint, random);
    }

    /** The node's own machine. */
    protected abstract Machine machine();

    /** The node's machine joins its pool; before the stack looks for a registrar. */
    protected abstract void join(long nowNs);

    /** The node's ASAP stack, for its counters and gauges. */
    public final AsapStack stack() {
        return stack;
    }

    @Override
    public final void onStart(final long nowNs) {
        join(nowNs);
        stack.start(nowNs);
    }

    @Override
    public final List<AnnouncementPort> announcementPorts() {
        return stack.announcementPorts();
    }

    @Override
    public final SctpListener sctpListener() {
        return stack;
    }

    @Override
    public final void onClockJump(final long pausedNs, final long nowNs) {
        stack.onClockJump(pausedNs, nowNs);
    }

    @Override
    public final long nextDeadlineNs() {
        return Math.min(machine().nextDeadlineNs(), stack.nextDeadlineNs());
    }

    @Override
    public final void onDeadline(final long nowNs) {
        stack.onDeadline(nowNs);
        machine().onDeadline(nowNs);
    }
}
