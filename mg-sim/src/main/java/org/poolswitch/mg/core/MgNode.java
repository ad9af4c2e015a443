// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.megaco.Mid;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;

/** The media gateway as a node: {@link MgCore} on an ASAP stack. */
public final class MgNode implements NodeMachine {
    private final MgCore core;
    private final AsapStack stack;

    /**
     * @param endpoint bound to H.248's port, 2945 by default
     * @param random   secure in production, seeded in simulation
     */
    public MgNode(final MgConfig config, final AsapConfig asap, final SctpEndpoint endpoint,
        final RandomGenerator random) {
        stack = new AsapStack(asap, endpoint, random);
        final Mid own = config.mid() != null ? config.mid()
            : Mid.of(endpoint.localAddress().host(), endpoint.localAddress().port());
        core = new MgCore(config, own, random, stack::element);
    }

    /** The gateway itself: counters, gauges, seizures. */
    public MgCore core() {
        return core;
    }

    /** The node's ASAP stack, for its counters and gauges. */
    public AsapStack stack() {
        return stack;
    }

    @Override
    public void onStart(final long nowNs) {
        core.start(nowNs);
        stack.start(nowNs);
    }

    @Override
    public SctpListener sctpListener() {
        return stack;
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        stack.onClockJump(pausedNs, nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(core.nextDeadlineNs(), stack.nextDeadlineNs());
    }

    @Override
    public void onDeadline(final long nowNs) {
        stack.onDeadline(nowNs);
        core.onDeadline(nowNs);
    }

    @Override
    public void beginDrain(final long nowNs) {
        core.beginDrain(nowNs);
    }

    @Override
    public boolean isDrained() {
        return core.isDrained();
    }
}
