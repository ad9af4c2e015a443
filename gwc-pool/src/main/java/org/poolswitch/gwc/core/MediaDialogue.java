// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.megaco.ActionReply;
import org.poolswitch.megaco.ActionRequest;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.ErrorDescriptor;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.Transaction;
import org.poolswitch.megaco.TransactionReply;
import org.poolswitch.megaco.TransactionRequest;
import org.poolswitch.megaco.Verb;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;

/** A call's context at the media gateway: made with Add, found with a claim, given back with Subtract (RFC 3525). */
final class MediaDialogue extends Dialogue {
    private enum State {
        NONE, ADDING,
        /** For whatever context the circuit is in, because which one it is is not known. */
        SEARCHING,
        CLAIMING,
        /** The gateway that has the context is out of reach: it is asked again in a while. */
        SEEKING,
        AUDITING, HELD, SUBTRACTING,
        /** What another call left in our circuit is taken down, then ours is made. */
        TIDYING,
        RELEASED
    }

    private static final long SEEK_AGAIN_NS = 500_000_000L;
    /** So long the end of a call waits for its gateway: less than the SG's T1, so that no REL is repeated for it. */
    private static final long GIVE_BACK_NS = 3_000_000_000L;

    private final MediaCommands commands;
    private final MediaEvents lineEvents;
    private State state = State.NONE;
    private long context;
    private int element;
    private long transaction;
    /** The context was found in our circuit; no cookie named it. */
    private boolean found;
    /** When a gateway that is out of reach is out of it for good. */
    private long seekUntilNs = Machine.NO_DEADLINE;

    MediaDialogue(final Call call) {
        super(call, "mg", MegacoMessage.PPID, CauseIndicators.DESTINATION_OUT_OF_ORDER);
        commands = new MediaCommands(call);
        lineEvents = new MediaEvents(commands, call.services);
    }

    @Override
    byte[] pool() {
        return services().tools().mediaPool();
    }

    @Override
    int preferredElement() {
        return element;
    }

    long context() {
        return context;
    }

    /** PE identifier of the media gateway: that one's which has the context, if there is one. */
    int element() {
        return context != 0 || sessionElement() == 0 ? element : sessionElement();
    }

    /** Not one that is sought: that keeps its pace, for who is back may be a new process at the old address. */
    boolean isHeldAt(final int gateway) {
        return state == State.HELD && element() == gateway;
    }

    boolean isUntouched() {
        return state == State.NONE;
    }

    boolean isReleased() {
        return state == State.RELEASED;
    }

    // ---- commands -------------------------------------------------------------------------------------------------

    void add() {
        if (state == State.NONE) {
            request(State.ADDING, commands.add());
        }
    }

    /** Stands where another controller's cookie says that the call was. */
    void restore(final CallCookie from) {
        context = from.context();
        element = from.mediaElement();
    }

    /** Takes over the context that another controller made. */
    void claimKnown() {
        if (context != 0) {
            claim();
        }
        // else there was no context yet, or nobody had told us: look when it matters
    }

    private void claim() {
        services().count(GwcCounter.CLAIMS);
        request(State.CLAIMING, commands.claim(context));
    }

    private void search() {
        services().count(GwcCounter.CLAIMS);
        request(State.SEARCHING, commands.search());
    }

    void release() {
        if (state == State.NONE) {
            // a controller before us may have made a context that nobody told us of: look for it
            search();
        } else if (state == State.HELD) {
            request(State.SUBTRACTING, MediaCommands.subtract(context));
        } else if (state == State.SEEKING) {
            seekUntilNs = Math.min(seekUntilNs, call().nowNs() + GIVE_BACK_NS);
        }
    }

    /** The gateway that has the context is back, or may be. */
    void onTimer() {
        if (state == State.HELD && call().isGoing()) {
            services().count(GwcCounter.RENEWALS);
            request(State.HELD, commands.renew(context));
        } else if (state == State.SEEKING) {
            seekAgain();
        }
    }

    private void seekAgain() {
        if (!call().orphaned) {
            // also to give it back: whoever commands it does so as its owner
            claim();
        } else if (call().isClearing()) {
            request(State.SUBTRACTING, MediaCommands.subtract(context));
        }
    }

    /** Somebody else may speak for the call: nothing that waits for an answer is sent again on its behalf. */
    void orphan() {
        if (state == State.ADDING || state == State.SEARCHING || state == State.CLAIMING) {
            stopRepeating();
        }
    }

    /**
     * Gives back what an orphan may still have. It claims nothing, for that would take the context away from whoever
     * has it now: it asks whether the circuit is in a context, and the gateway refuses the Subtract of one that is not
     * ours.
     */
    void releaseOrphan() {
        switch (state) {
            case NONE, ADDING, SEARCHING, CLAIMING, SEEKING -> request(State.AUDITING, commands.audit());
            case HELD -> release();
            default -> { }
        }
    }

    private void request(final State next, final ActionRequest action) {
        state = next;
        if (isAstray()) {
            // the association with it was lost meanwhile; a new session looks for it first
            super.end();
        }
        transaction = services().tools().nextTransaction();
        final byte[] text = services().tools().encode(TransactionRequest.of(transaction, action));
        request(text, text.length);
    }

    // ---- answers and events ---------------------------------------------------------------------------------------

    @Override
    Runnable read(final byte[] buffer, final int offset, final int length) throws MalformedException {
        final MegacoMessage message = services().tools().megacoDecoder().decode(buffer, offset, length);
        return () -> onMegaco(message);
    }

    private void onMegaco(final MegacoMessage message) {
        for (final Transaction each : message.transactions()) {
            if (each instanceof TransactionRequest request) {
                onRequest(request);
            } else if (each instanceof TransactionReply reply) {
                if (reply.id() == transaction && isOpen()) {
                    stopRepeating();
                    transaction = 0;
                    onReply(reply);
                } else {
                    services().count(GwcCounter.UNEXPECTED);
                }
            }
        }
    }

    private void onReply(final TransactionReply reply) {
        final ErrorDescriptor error = reply.firstError();
        switch (state) {
            case ADDING -> onAdded(reply, error);
            case SEARCHING -> onFound(reply);
            case CLAIMING -> onClaimed(reply, error);
            case HELD -> onRenewed(reply, error);
            case TIDYING -> onTidied();
            case AUDITING -> clearWith(learnContext(reply));
            case SUBTRACTING -> onSubtracted();
            default -> services().count(GwcCounter.UNEXPECTED);
        }
    }

    /** Another gateway of the pool than the one that has the context, or none, is at the other end. */
    private boolean isAstray() {
        return context != 0 && element != 0 && sessionElement() != element;
    }

    /** @return whether the reply names a context at all */
    private boolean learnContext(final TransactionReply reply) {
        boolean named = false;
        for (final ActionReply action : reply.actions()) {
            if (action.context().isReal()) {
                context = action.context().value();
                element = sessionElement() == 0 ? element : sessionElement();
                named = true;
            }
        }
        return named;
    }

    private void hold(final TransactionReply reply) {
        state = State.HELD;
        learnContext(reply);
    }

    private void onAdded(final TransactionReply reply, final ErrorDescriptor error) {
        if (error != null) {
            onAddRefused(reply, error);
            return;
        }
        hold(reply);
        if (call().orphaned) {
            // made too late, for a controller that does not speak for the call any more: taken down at once
            release();
        } else {
            call().onConnected();
        }
    }

    private void onAddRefused(final TransactionReply reply, final ErrorDescriptor error) {
        final boolean trunkAdded = reply.actions().stream().flatMap(a -> a.commands().stream())
            .anyMatch(c -> c.verb() == Verb.ADD && c.error() == null);
        if (call().orphaned && !trunkAdded) {
            // whose the circuit's context is shows when the orphan is over: a search would take it away from them
            state = State.NONE;
            return;
        }
        if (error.code() == ErrorCode.ALREADY_IN_CONTEXT && !trunkAdded) {
            // the circuit is in a context already: the controller before us came as far as this
            services().count(GwcCounter.ADOPTIONS);
            search();
            return;
        }
        if (trunkAdded) {
            hold(reply);
        } else {
            end();
        }
        call().onMediaFailed(switch (error.code()) {
            case ErrorCode.ALREADY_IN_CONTEXT -> CauseIndicators.USER_BUSY;
            case ErrorCode.UNKNOWN_TERMINATION -> CauseIndicators.UNALLOCATED_NUMBER;
            default -> CauseIndicators.RESOURCE_UNAVAILABLE;
        });
    }

    private void onFound(final TransactionReply reply) {
        found = learnContext(reply);
        if (call().orphaned && !call().isClearing()) {
            // whoever the SG has gone to may claim this context: it stays until the orphan is over
            state = found ? State.HELD : State.NONE;
        } else if (!call().isGoing()) {
            clearWith(found);
        } else if (found) {
            claim();
        } else {
            // it went away between refusal and claim: the circuit is free now
            state = State.NONE;
            add();
        }
    }

    private void onTidied() {
        state = State.NONE;
        context = 0;
        if (call().isGoing()) {
            add();
        } else if (call().isClearing()) {
            call().clear();
        }
    }

    /** 402, 411, 435: it is not ours any more or not there any more; either way it is given back. */
    private void onSubtracted() {
        if (!isAstray() || !seekLater(GIVE_BACK_NS)) {
            end();
            call().clear();
        }
    }

    private void clearWith(final boolean contextThere) {
        if (contextThere) {
            state = State.HELD;
        } else {
            end();
        }
        call().clear();
    }

    private void onClaimed(final TransactionReply reply, final ErrorDescriptor error) {
        if (error != null && error.code() == ErrorCode.NOT_IN_CONTEXT && found && call().isGoing()) {
            // our called line is not in it: it is a call's with which the SG has done, and which nobody gave back
            services().count(GwcCounter.LEFTOVERS);
            request(State.TIDYING, MediaCommands.subtract(context));
            return;
        }
        if (error != null && isAstray()
            && seekLater(call().isGoing() ? services().config().orphanHoldNs() : GIVE_BACK_NS)) {
            return;
        }
        if (error != null) {
            end();
            call().onContextGone();
            return;
        }
        seekUntilNs = Machine.NO_DEADLINE;
        hold(reply);
        call().onConnected();
        call().onClaimed(MediaEvents.age(reply));
        MediaEvents.found(reply).forEach(call()::onLineEvent);
    }

    /**
     * What the called side did while its gateway was out of reach. An error ends nothing: another gateway of the pool
     * knows nothing of the call, and if somebody else owns the context now, the caller's side will say so.
     */
    private void onRenewed(final TransactionReply reply, final ErrorDescriptor error) {
        if (error == null) {
            seekUntilNs = Machine.NO_DEADLINE;
            MediaEvents.found(reply).forEach(call()::onLineEvent);
            return;
        }
        services().count(GwcCounter.RENEWALS_REFUSED);
        if (isAstray()) {
            super.end();
            renewLater();
        }
    }

    /** It is back, but the registrar has not listed it again yet, or it is lost again: not asked for ever. */
    private void renewLater() {
        final long nowNs = call().nowNs();
        if (seekUntilNs == Machine.NO_DEADLINE) {
            seekUntilNs = nowNs + services().config().orphanHoldNs();
        }
        if (nowNs < seekUntilNs) {
            services().timers().armMedia(call(), nowNs + SEEK_AGAIN_NS);
        } else {
            seekUntilNs = Machine.NO_DEADLINE;
        }
    }

    /**
     * What another gateway says of the context means nothing.
     *
     * @return false if ours has been away for too long, or the circuit's next call waits
     */
    private boolean seekLater(final long patienceNs) {
        final long nowNs = call().nowNs();
        if (seekUntilNs == Machine.NO_DEADLINE) {
            seekUntilNs = nowNs + patienceNs;
        }
        if (nowNs >= seekUntilNs || call().next != null) {
            return false;
        }
        super.end();
        state = State.SEEKING;
        services().timers().armMedia(call(), nowNs + SEEK_AGAIN_NS);
        return true;
    }

    /** Notify (RFC 3525 section 7.2.7): answered first, then told. */
    private void onRequest(final TransactionRequest request) {
        final List<String> events = new ArrayList<>();
        final byte[] text = services().tools().encode(lineEvents.reply(request, events));
        tell(text, text.length);
        events.forEach(call()::onLineEvent);
    }

    // ---- ends -----------------------------------------------------------------------------------------------------

    @Override
    void lost(final int cause) {
        if (state == State.HELD) {
            // a renewal got no answer: the call goes on as before
            renewLater();
        } else if (state != State.RELEASED) {
            end();
            call().onMediaFailed(cause);
        }
    }

    @Override
    void end() {
        state = State.RELEASED;
        super.end();
    }

    @Override
    public String toString() {
        return state.toString();
    }
}
