// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.call.CallMachine;
import org.poolswitch.megaco.Mid;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;

/** A gateway controller as a node: {@link GwcCore} on an ASAP stack, both pool element and pool user. */
public final class GwcNode implements NodeMachine {
    private final AsapStack stack;
    private final GwcCore core;

    /**
     * @param endpoint bound to M3UA's port, 2905 by default
     * @param random   secure in production, seeded in simulation
     */
    public GwcNode(final GwcConfig config, final CallMachine machine, final AsapConfig asap,
        final SctpEndpoint endpoint, final RandomGenerator random, final GwcObserver observer) {
        stack = new AsapStack(asap, endpoint, random);
        core = new GwcCore(config, machine, stack.user(), stack::element,
            Mid.of(endpoint.localAddress().host(), endpoint.localAddress().port()), random, observer);
        stack.user().observe(new MediaGateways(core, stack.user()));
    }

    /** The controller itself. */
    public GwcCore core() {
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
