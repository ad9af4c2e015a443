// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.gk.admission.AdmissionPolicy;
import org.poolswitch.ras.TransportAddress;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;

/** A gatekeeper as a node: {@link GkCore} on an ASAP stack. */
public final class GkNode implements NodeMachine {
    private final AsapStack stack;
    private final GkCore core;

    /**
     * @param endpoint bound to RAS's port, 1719 by default
     * @param random   secure in production, seeded in simulation
     */
    public GkNode(final GkConfig config, final AdmissionPolicy policy, final AsapConfig asap,
        final SctpEndpoint endpoint, final RandomGenerator random) {
        stack = new AsapStack(asap, endpoint, random);
        core = new GkCore(config, policy, stack::element, address(endpoint.localAddress()));
    }

    private static TransportAddress address(final SctpAddress own) {
        return new TransportAddress.Ip(own.host(), own.port());
    }

    /** The gatekeeper itself. */
    public GkCore core() {
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
