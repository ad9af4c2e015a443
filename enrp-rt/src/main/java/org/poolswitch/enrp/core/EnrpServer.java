// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.SelectionPolicies;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** A registrar (ENRP server, RFC 5353) as a machine: the hub of its two halves. */
public final class EnrpServer implements NodeMachine, SctpListener {
    private final Counters counters = new Counters(RegistrarCounter.class);
    private final AsapServer asap;

    /** With the standards' selection policies. */
    public EnrpServer(final RegistrarConfig config, final SctpEndpoint endpoint, final RandomGenerator random) {
        this(config, endpoint, random, SelectionPolicies.standard());
    }

    /**
     * @param random   secure in production, seeded in simulation
     * @param policies the selection policies to serve
     */
    public EnrpServer(final RegistrarConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final SelectionPolicies policies) {
        int id = random.nextInt();
        while (id == 0) {
            id = random.nextInt();
        }
        asap = new AsapServer(config, id, endpoint, random, policies, counters);
    }

    /** This server's identifier: random, not 0, new at every start (RFC 5353 section 3.1). */
    public int identifier() {
        return asap.serverId();
    }

    /** The half towards elements and users. */
    public AsapServer asap() {
        return asap;
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: pools. */
    public int pools() {
        return asap.handlespace().pools();
    }

    /** Gauge: elements of all pools. */
    public int elements() {
        return asap.handlespace().elements();
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        asap.onMessage(association, stream, ppid, unordered, buffer, offset, length, nowNs);
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        asap.onAssociationDown(association, cause, undelivered, nowNs);
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        asap.onClockJump(nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return asap.nextDeadlineNs();
    }

    @Override
    public void onDeadline(final long nowNs) {
        asap.onDeadline(nowNs);
    }

    @Override
    public void onStart(final long nowNs) {
    }

    @Override
    public SctpListener sctpListener() {
        return this;
    }

    @Override
    public void beginDrain(final long nowNs) {
    }

    @Override
    public boolean isDrained() {
        return true;
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        asap.onAssociationUp(association, remote, incoming, outStreams, inStreams, nowNs);
    }

    @Override
    public void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
    }

    @Override
    public void onSendable(final int association, final long nowNs) {
    }
}
