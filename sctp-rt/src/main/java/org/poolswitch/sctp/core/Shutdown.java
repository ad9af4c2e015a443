// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.ErrorCauses;

/** The graceful end (RFC 9260 section 9.2): three chunks, T2 that repeats them, T5 that sets an end to it. */
final class Shutdown {
    private final Association association;
    private final Shared shared;
    private long t2Ns = Machine.NO_DEADLINE;
    private long t5Ns = Machine.NO_DEADLINE;
    private int tries;
    /** Where its chunk goes, or went last. */
    private Path path;

    Shutdown(final Association association, final Shared shared) {
        this.association = association;
        this.shared = shared;
    }

    long deadlineNs() {
        return Math.min(t2Ns, t5Ns);
    }

    /** Where the SHUTDOWN or SHUTDOWN ACK that is due goes. */
    Path path() {
        return path;
    }

    void stop() {
        t2Ns = Machine.NO_DEADLINE;
        t5Ns = Machine.NO_DEADLINE;
    }

    /** SHUTDOWN primitive (section 11.1.3). */
    void request(final long nowNs) {
        switch (association.state()) {
            case ESTABLISHED -> {
                association.enter(AssociationState.SHUTDOWN_PENDING);
                association.outbound().askForSacks();
                progress(nowNs);
            }
            case COOKIE_WAIT, COOKIE_ECHOED -> association.termination().abort(DownCause.LOCAL_ABORT,
                ErrorCauses.saying(ErrorCauses.USER_INITIATED_ABORT, "closed before it was up"));
            default -> { }
        }
    }

    /** Nothing is left to be acknowledged: the next step is due. */
    void progress(final long nowNs) {
        if (association.state() == AssociationState.ESTABLISHED || !association.outbound().isEmpty()) {
            return;
        }
        if (association.state() == AssociationState.SHUTDOWN_PENDING) {
            association.enter(AssociationState.SHUTDOWN_SENT);
            association.due().shutdown = true;
            path = association.paths().forData();
            t5Ns = nowNs + shared.config().shutdownGuardNs();
            startT2(nowNs);
        } else if (association.state() == AssociationState.SHUTDOWN_RECEIVED) {
            sendAck(nowNs);
        }
    }

    private void startT2(final long nowNs) {
        t2Ns = nowNs + path.rtoNs();
    }

    private void sendAck(final long nowNs) {
        association.enter(AssociationState.SHUTDOWN_ACK_SENT);
        association.due().shutdown = false;
        replyWithAck();
        startT2(nowNs);
    }

    /** Section 6.4: a reply goes back to where the packet came from. */
    private void replyWithAck() {
        association.due().shutdownAck = true;
        path = association.paths().reply();
    }

    void onShutdown(final byte[] b, final int at, final int length, final long nowNs) throws MalformedException {
        if (length != 8) {
            throw new MalformedException("SHUTDOWN with a wrong length");
        }
        switch (association.state()) {
            case ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_RECEIVED -> {
                association.outbound().onCumulative(Bytes.i32(b, at + 4), nowNs);
                association.enter(AssociationState.SHUTDOWN_RECEIVED);
                association.outbound().askForSacks();
                progress(nowNs);
            }
            case SHUTDOWN_SENT -> sendAck(nowNs);
            case SHUTDOWN_ACK_SENT -> replyWithAck();
            default -> { }
        }
    }

    void onShutdownAck(final PacketWriter packets, final long nowNs) {
        if (association.state() == AssociationState.SHUTDOWN_SENT
            || association.state() == AssociationState.SHUTDOWN_ACK_SENT) {
            packets.use(association);
            packets.open(association.paths().reply(), 4, nowNs);
            packets.chunk(ChunkType.SHUTDOWN_COMPLETE, 0);
            packets.end(nowNs);
            association.termination().down(DownCause.SHUTDOWN);
        }
    }

    void onShutdownComplete() {
        if (association.state() == AssociationState.SHUTDOWN_ACK_SENT) {
            association.termination().down(DownCause.SHUTDOWN);
        }
    }

    /** Section 9.2: whatever comes from the peer shows that it is there. */
    void heard(final long nowNs) {
        tries = 0;
        if (association.state() == AssociationState.SHUTDOWN_ACK_SENT && t5Ns == Machine.NO_DEADLINE) {
            // but one that speaks, and never of the end, does not keep it for ever
            t5Ns = nowNs + shared.config().shutdownGuardNs();
        }
    }

    /** DATA while we wait for the SHUTDOWN ACK: the peer has not heard of the SHUTDOWN yet. */
    void onData(final long nowNs) {
        if (association.state() == AssociationState.SHUTDOWN_SENT) {
            association.due().shutdown = true;
            path = association.paths().reply();
            association.inbound().forceSack();
            startT2(nowNs);
        }
    }

    void onDeadline(final long nowNs) {
        if (t5Ns <= nowNs) {
            association.termination().abort(DownCause.PEER_SILENT,
                ErrorCauses.saying(ErrorCauses.USER_INITIATED_ABORT, "the shutdown takes too long"));
            return;
        }
        if (t2Ns > nowNs) {
            return;
        }
        if (tries >= shared.config().associationMaxRetrans()) {
            t2Ns = association.paths().silence().putOffEndNs(nowNs, nowNs);
            if (t2Ns == Machine.NO_DEADLINE) {
                association.termination().peerSilent();
            }
            return;
        }
        tries++;
        path.roundTrip.backOff();
        association.paths().timedOut(path, t2Ns, nowNs);
        // section 6.4.1: what got no answer there goes another way, if there is one
        path = association.paths().alternateTo(path);
        association.due().shutdown = association.state() == AssociationState.SHUTDOWN_SENT;
        association.due().shutdownAck = association.state() == AssociationState.SHUTDOWN_ACK_SENT;
        if (!association.isClosed()) {
            startT2(nowNs);
        }
    }

    void onClockJump(final long nowNs) {
        if (t2Ns != Machine.NO_DEADLINE) {
            startT2(nowNs);
        }
        if (t5Ns != Machine.NO_DEADLINE) {
            t5Ns = nowNs + shared.config().shutdownGuardNs();
        }
    }
}
