// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** Asks one registrar after the other until one answers. What is asked, and what an answer is, a subclass knows. */
abstract class RegistrarQuery implements NodeMachine, SctpListener {
    private static final int LONGEST = 4096;
    /** How long the end may take to be graceful. */
    private static final long GOODBYE_NS = 300_000_000L;

    final ParameterWriter out = new ParameterWriter(LONGEST);
    private final SctpEndpoint endpoint;
    private final List<SctpAddress> registrars;
    private final int ppid;
    private final long timeoutNs;
    private final Runnable over;
    private final List<String> troubles = new ArrayList<>();
    private int index = -1;
    private int association;
    private boolean up;
    private boolean done;
    private boolean answered;
    private long deadlineNs = NO_DEADLINE;

    /**
     * @param ppid      11 for ASAP, 12 for ENRP
     * @param timeoutNs how long one registrar is given, from one message of it to the next
     * @param over      called once, when this machine has nothing left to do
     */
    RegistrarQuery(final SctpEndpoint endpoint, final List<SctpAddress> registrars, final int ppid,
        final long timeoutNs, final Runnable over) {
        this.endpoint = endpoint;
        this.registrars = registrars;
        this.ppid = ppid;
        this.timeoutNs = timeoutNs;
        this.over = over;
    }

    /** The registrar is there: ask it, with {@link #out} and {@link #send}. */
    abstract void ask(long nowNs);

    /** A message from it; throws what spoils the whole. */
    abstract void onMessage(int type, int flags, ByteBuffer body, long nowNs) throws MalformedException;

    /** Waiting was the plan ({@link #waitUntil}), and the time has come. */
    void onTime(final long nowNs) {
    }

    /** Ends with an answer. */
    final void done(final long nowNs) {
        answered = true;
        end(nowNs);
    }

    /** This registrar will not do; the next is asked. */
    final void refused(final String why, final long nowNs) {
        trouble(why);
        final int former = association;
        next(nowNs);
        endpoint.abort(former, nowNs);
    }

    /** Gives the registrar's answer time from now. */
    final void expectAnswer(final long nowNs) {
        deadlineNs = nowNs + timeoutNs;
    }

    /** Nothing is expected before then. */
    final void waitUntil(final long timeNs) {
        deadlineNs = timeNs;
    }

    /** Sends what is in {@link #out}. */
    final void send(final long nowNs) {
        final int length = out.finish();
        endpoint.send(association, 0, ppid, false, out.buffer(), 0, length, nowNs);
    }

    /** True if a registrar answered; else {@link #troubles} says why not. */
    final boolean answered() {
        return answered;
    }

    /** What went wrong with each registrar that was tried, a sentence each. */
    final List<String> troubles() {
        return troubles;
    }

    /** The registrar that is asked, or has answered. */
    final SctpAddress registrar() {
        return registrars.get(Math.max(0, index));
    }

    final SctpEndpoint endpoint() {
        return endpoint;
    }

    private void end(final long nowNs) {
        if (done) {
            return;
        }
        done = true;
        if (association == 0) {
            over.run();
        } else {
            endpoint.shutdown(association, nowNs);
            deadlineNs = nowNs + GOODBYE_NS;
        }
    }

    private void trouble(final String why) {
        troubles.add(registrar() + " " + why);
    }

    private void next(final long nowNs) {
        up = false;
        association = 0;
        while (++index < registrars.size()) {
            association = endpoint.connect(registrars.get(index), nowNs);
            if (association > 0) {
                expectAnswer(nowNs);
                return;
            }
            association = 0;
            trouble("cannot be called: no association is free");
        }
        end(nowNs);
    }

    @Override
    public final void onStart(final long nowNs) {
        next(nowNs);
    }

    @Override
    public final void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        if (id == association && !done) {
            up = true;
            expectAnswer(nowNs);
            ask(nowNs);
        } else {
            endpoint.abort(id, nowNs);
        }
    }

    @Override
    public final void onMessage(final int id, final int stream, final int messagePpid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (id != association || done) {
            return;
        }
        try {
            final ByteBuffer message = ByteBuffer.wrap(buffer, offset, length).slice();
            final int said = length < 4 ? 0 : message.getShort(2) & 0xffff;
            if (messagePpid != ppid || said < 4 || said > length) {
                throw new MalformedException("not a message of this protocol");
            }
            onMessage(message.get(0) & 0xff, message.get(1) & 0xff, message.slice(4, said - 4), nowNs);
        } catch (final MalformedException | IndexOutOfBoundsException e) {
            refused("sent what cannot be read: " + e.getMessage(), nowNs);
        }
    }

    @Override
    public final void onAssociationDown(final int id, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        if (id != association) {
            return;
        }
        if (done) {
            deadlineNs = NO_DEADLINE;
            over.run();
        } else {
            trouble(up ? "ended the association" : "cannot be reached: nobody answers there");
            next(nowNs);
        }
    }

    @Override
    public final long nextDeadlineNs() {
        return deadlineNs;
    }

    @Override
    public final void onDeadline(final long nowNs) {
        if (nowNs < deadlineNs) {
            return;
        }
        deadlineNs = NO_DEADLINE;
        if (done) {
            over.run();
        } else if (isWaiting()) {
            onTime(nowNs);
        } else {
            refused("does not answer", nowNs);
        }
    }

    /** True while nothing is asked. */
    boolean isWaiting() {
        return false;
    }

    @Override
    public final SctpListener sctpListener() {
        return this;
    }

    @Override
    public final void beginDrain(final long nowNs) {
        end(nowNs);
    }

    @Override
    public final boolean isDrained() {
        return done;
    }

    /** The first cause of an Operation Error parameter (RFC 5354 section 3.10), in words. */
    static String cause(final ByteBuffer operationError) throws MalformedException {
        final ParameterReader causes = new ParameterReader(operationError);
        return causes.next() ? ErrorCause.text(causes.type()) : "no cause";
    }

    /** Writes a Pool Handle parameter. */
    static void handle(final ParameterWriter out, final byte[] handle) {
        out.parameter(ParameterType.POOL_HANDLE, handle);
    }
}
