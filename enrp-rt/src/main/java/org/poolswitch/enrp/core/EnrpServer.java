// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** A registrar (ENRP server, RFC 5353) as a machine: the hub that hands each ASAP message to the procedure for it. */
public final class EnrpServer implements NodeMachine, SctpListener {
    private static final int PPID_ASAP = 11;

    private final Counters counters = new Counters(RegistrarCounter.class);
    private final AsapAnswers answers;
    private final RegistrationProcedures registrations;

    /** @param random secure in production, seeded in simulation */
    public EnrpServer(final RegistrarConfig config, final SctpEndpoint endpoint, final RandomGenerator random) {
        int id = random.nextInt();
        while (id == 0) {
            id = random.nextInt();
        }
        answers = new AsapAnswers(endpoint, id);
        registrations = new RegistrationProcedures(config, endpoint, random, counters, answers);
    }

    /** This server's identifier: random, not 0, new at every start (RFC 5353 section 3.1). */
    public int identifier() {
        return answers.serverId();
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: pools. */
    public int pools() {
        return registrations.pools();
    }

    /** Gauge: elements of all pools. */
    public int elements() {
        return registrations.elements();
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (ppid != PPID_ASAP) {
            counters.increment(RegistrarCounter.WRONG_PPID);
            return;
        }
        try {
            dispatch(association, ByteBuffer.wrap(buffer, offset, length).slice(), nowNs);
        } catch (final MalformedException | BufferUnderflowException | IndexOutOfBoundsException e) {
            counters.increment(RegistrarCounter.MALFORMED);
        }
    }

    private void dispatch(final int association, final ByteBuffer message, final long nowNs)
        throws MalformedException {
        if (message.limit() < 4) {
            throw new MalformedException("shorter than an ASAP header");
        }
        final int type = message.get(0) & 0xff;
        final int length = message.getShort(2) & 0xffff;
        if (length < 4 || length > message.limit()) {
            throw new MalformedException("the message length does not fit");
        }
        final ByteBuffer body = message.slice(4, length - 4);
        switch (type) {
            case AsapType.REGISTRATION -> registrations.onRegistration(association, body, nowNs);
            case AsapType.DEREGISTRATION -> registrations.onDeregistration(association, body, nowNs);
            case AsapType.HANDLE_RESOLUTION -> registrations.onHandleResolution(association, body, nowNs);
            case AsapType.ENDPOINT_UNREACHABLE -> registrations.onUnreachable(body, nowNs);
            case AsapType.ENDPOINT_KEEP_ALIVE_ACK -> registrations.onKeepAliveAck(body, nowNs);
            case AsapType.ERROR -> { }
            default -> {
                counters.increment(RegistrarCounter.UNRECOGNIZED);
                if ((type & 0xc0) == 0x40) {
                    // section 2.2: 01 in the two high bits asks for a report
                    answers.unrecognizedMessage(association, message, length, nowNs);
                }
            }
        }
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        registrations.onAssociationDown(association);
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        registrations.onClockJump(nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return registrations.nextDeadlineNs();
    }

    @Override
    public void onDeadline(final long nowNs) {
        registrations.onDeadline(nowNs);
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
    }

    @Override
    public void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
    }

    @Override
    public void onSendable(final int association, final long nowNs) {
    }
}
