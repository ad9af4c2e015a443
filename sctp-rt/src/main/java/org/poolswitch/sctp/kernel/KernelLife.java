// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.io.IOException;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.DownCause;

/**
 * How one association begins and ends, and what it waits for. However the kernel says that it is over (COMM_LOST,
 * SHUTDOWN_COMP, a failed write, a reset, an end of file) it is over once, after what the kernel hands back has been
 * collected.
 */
final class KernelLife {
    private enum State { CONNECTING, UP, ENDING, DOWN }

    /** How far a graceful end has come. A peer that says goodbye first leaves us nothing to start. */
    private enum Goodbye { NONE, WANTED, STARTED, PEERS }

    private static final long READ_AGAIN_NS = 10_000_000L;

    private final KernelAssociation association;
    private final KernelAgenda agenda;
    private final KernelConfig config;
    private State state = State.CONNECTING;
    private Goodbye goodbye = Goodbye.NONE;
    private KernelVerdict verdict = new KernelVerdict();
    private long deadlineNs = Machine.NO_DEADLINE;
    /** When the kernel's words on a loss are waited for no longer, whatever else it has to say. */
    private long settledByNs = Machine.NO_DEADLINE;
    /** When to read again, while the socket is at its end of file and the association is not at its own. */
    private long readAgainNs = Machine.NO_DEADLINE;

    KernelLife(final KernelAssociation association, final KernelAgenda agenda, final KernelConfig config) {
        this.association = association;
        this.agenda = agenda;
        this.config = config;
    }

    boolean isConnecting() {
        return state == State.CONNECTING;
    }

    boolean isUp() {
        return state == State.UP;
    }

    boolean isDown() {
        return state == State.DOWN;
    }

    /** True if the user may still send. */
    boolean takesMessages() {
        return goodbye == Goodbye.NONE && (state == State.CONNECTING || state == State.UP);
    }

    /** Not after the peer's SHUTDOWN either: no new DATA may follow it (RFC 9260 section 9.2). */
    boolean mayWrite() {
        return state == State.UP && (goodbye == Goodbye.NONE || goodbye == Goodbye.WANTED);
    }

    /** True if the SHUTDOWN may go as soon as nothing is left to be written. */
    boolean wantsShutdown() {
        return state == State.UP && goodbye == Goodbye.WANTED;
    }

    void onUp() {
        state = State.UP;
        if (goodbye == Goodbye.NONE) {
            deadlineNs = Machine.NO_DEADLINE;
        }
    }

    /** The kernel keeps the socket; for us another association has come, and is up. */
    void onRestart() {
        goodbye = Goodbye.NONE;
        verdict = new KernelVerdict();
        deadlineNs = Machine.NO_DEADLINE;
    }

    /** @param nothingToSend true if no message waits to be given to the kernel */
    void shutdown(final boolean nothingToSend, final long nowNs) {
        if (state == State.CONNECTING && nothingToSend) {
            abort(DownCause.LOCAL_ABORT);
        } else if (state != State.DOWN && goodbye == Goodbye.NONE) {
            goodbye = Goodbye.WANTED;
            dueAt(nowNs + config.shutdownTimeoutNs());
            agenda.dirty(association);
        }
    }

    void onShutdownStarted() {
        goodbye = Goodbye.STARTED;
    }

    /** The kernel tells an aborted socket nothing any more, so what may be lost is guessed. */
    void abort(final DownCause why) {
        if (state != State.DOWN) {
            verdict.decide(why);
            association.makeCloseAbortive();
            finish(false);
        }
    }

    void onConnectFailed() {
        finishFor(DownCause.CONNECT_FAILED);
    }

    /** The reading side knows what was lost. */
    void onError(final IOException e) {
        if (state != State.CONNECTING && verdict.onError(e, association.isSuspect())) {
            settle();
        }
    }

    /** The kernel's notification. */
    void onOver(final DownCause why) {
        if (verdict.onNotification(why)) {
            settle();
        }
    }

    /** The socket has no more to give. */
    void onEndOfSocket() {
        verdict.onEndOfSocket();
        finishFor(state == State.CONNECTING ? DownCause.CONNECT_FAILED
            : goodbye == Goodbye.NONE ? DownCause.PEER_ABORTED : DownCause.SHUTDOWN);
    }

    /** The kernel answers by itself; what is queued here can no longer be sent (RFC 9260 section 9.2). */
    void onPeerShutdown(final long nowNs) {
        goodbye = Goodbye.PEERS;
        final boolean onlyWriteFailed = state == State.ENDING && verdict.isDoubtful();
        if (onlyWriteFailed) {
            // because of this SHUTDOWN, then: what the kernel took before is still on its way
            state = State.UP;
        }
        if (onlyWriteFailed || deadlineNs == Machine.NO_DEADLINE) {
            dueAt(nowNs + config.shutdownTimeoutNs());
        }
    }

    /**
     * The socket's reading side has ended.
     *
     * @return false if the kernel has more to say all the same
     */
    boolean onEndOfFile() {
        if (verdict.kernelSaidSo() || goodbye != Goodbye.PEERS || state != State.UP) {
            return true;
        }
        // Linux ends the reading side with the peer's SHUTDOWN, and only later says what became of our messages. The
        // socket counts as readable all the time until then, so it is looked at now and then.
        readAgainNs = System.nanoTime() + READ_AGAIN_NS;
        agenda.due(readAgainNs);
        return false;
    }

    /**
     * A write failed first: what the kernel has to say of it stands behind all that is not read yet. Unless it failed
     * for want of memory, say: then the peer talks on and the kernel never says anything of an end.
     */
    void onWord() {
        if (state == State.ENDING) {
            verdict.onWord();
            lookAgain(System.nanoTime());
        }
    }

    private void lookAgain(final long nowNs) {
        dueAt(Math.min(nowNs + config.lossSettleNs(), settledByNs));
    }

    long deadlineNs() {
        return Math.min(deadlineNs, readAgainNs);
    }

    void onDeadline(final long nowNs) {
        if (readAgainNs <= nowNs) {
            readAgainNs = Machine.NO_DEADLINE;
            association.read();
        }
        if (deadlineNs > nowNs) {
            return;
        }
        deadlineNs = Machine.NO_DEADLINE;
        switch (state) {
            case CONNECTING -> onConnectFailed();
            case UP -> abort(DownCause.PEER_SILENT);
            default -> {
                if (verdict.hasSettled()) {
                    finish(verdict.kernelSaidSo());
                } else if (settledByNs <= nowNs) {
                    // to the kernel it may be as good as ever, but to our user it is over: so it is to be for the peer
                    abort(verdict.cause());
                } else {
                    lookAgain(nowNs);
                }
            }
        }
    }

    /** It is over, but not before the kernel had time to say what is lost. */
    private void settle() {
        if (state == State.CONNECTING || state == State.UP) {
            final long nowNs = System.nanoTime();
            state = State.ENDING;
            settledByNs = nowNs + config.shutdownTimeoutNs();
            lookAgain(nowNs);
        }
    }

    /** There is nothing more to wait for. */
    private void finishFor(final DownCause unlessKnown) {
        if (state == State.DOWN) {
            return;
        }
        if (state != State.ENDING) {
            verdict.decide(unlessKnown);
        }
        finish(verdict.kernelSaidSo());
    }

    /** @param told false if the kernel did not say what is lost */
    private void finish(final boolean told) {
        state = State.DOWN;
        deadlineNs = Machine.NO_DEADLINE;
        readAgainNs = Machine.NO_DEADLINE;
        association.down(verdict.cause(), told);
    }

    private void dueAt(final long atNs) {
        deadlineNs = atNs;
        agenda.due(atNs);
    }
}
