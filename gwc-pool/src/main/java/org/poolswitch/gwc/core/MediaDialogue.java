// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.megaco.ActionReply;
import org.poolswitch.megaco.ActionRequest;
import org.poolswitch.megaco.AuditDescriptor;
import org.poolswitch.megaco.AuditItem;
import org.poolswitch.megaco.CommandReply;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.ErrorDescriptor;
import org.poolswitch.megaco.EventsDescriptor;
import org.poolswitch.megaco.MediaDescriptor;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.ObservedEvent;
import org.poolswitch.megaco.ObservedEventsDescriptor;
import org.poolswitch.megaco.SignalsDescriptor;
import org.poolswitch.megaco.StreamMode;
import org.poolswitch.megaco.TerminationId;
import org.poolswitch.megaco.Transaction;
import org.poolswitch.megaco.TransactionReply;
import org.poolswitch.megaco.TransactionRequest;
import org.poolswitch.megaco.Verb;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SendStatus;

/** A call's context at the media gateway: made with Add, found with a claim, given back with Subtract (RFC 3525). */
final class MediaDialogue implements PoolSessionListener {
    private enum State {
        NONE, ADDING, CLAIMING, AUDITING, HELD, SUBTRACTING, RELEASED
    }

    static final int PPID = 7;
    private static final int REQUEST = PoolSession.RETAIN | PoolSession.EXPECT_REPLY;
    private static final String[] LINE_EVENTS = {"cd/rt", "cd/bt", "cd/ct", "al/of", "al/on"};

    private final Call call;
    private State state = State.NONE;
    private PoolSession session;
    private long context;
    private int element;
    private long transaction;
    /** The claim looks for whatever context the circuit is in, because which one it is is not known. */
    private boolean searching;

    MediaDialogue(final Call call) {
        this.call = call;
    }

    long context() {
        return context;
    }

    /** PE identifier of the media gateway. */
    int element() {
        return session != null && session.element() != 0 ? session.element() : element;
    }

    boolean isUntouched() {
        return state == State.NONE;
    }

    boolean isReleased() {
        return state == State.RELEASED;
    }

    private TerminationId trunk() {
        return TerminationId.of(call.core.config().trunkPrefix() + call.circuit.name());
    }

    private TerminationId line() {
        return TerminationId.of(call.core.config().linePrefix() + call.called);
    }

    // ---- commands -------------------------------------------------------------------------------------------------

    void add(final long nowNs) {
        if (state != State.NONE) {
            return;
        }
        state = State.ADDING;
        send(ActionRequest.of(ContextId.CHOOSE,
            CommandRequest.add(trunk(), MediaDescriptor.of(StreamMode.SEND_RECEIVE)),
            CommandRequest.add(line(), MediaDescriptor.of(StreamMode.SEND_RECEIVE), events(),
                SignalsDescriptor.of("al/ri"))), nowNs);
    }

    private EventsDescriptor events() {
        return EventsDescriptor.of(call.reference, LINE_EVENTS);
    }

    /** Takes a context over: our Events descriptors make us its owner, the audit tells what its line has done. */
    void claim(final long known, final int mediaElement, final long nowNs) {
        if (known == 0) {
            // the stage says that there was no context yet, or nobody had told us: look when it matters
            return;
        }
        context = known;
        element = mediaElement;
        claim(ContextId.of(known), nowNs);
    }

    private void claim(final ContextId where, final long nowNs) {
        state = State.CLAIMING;
        searching = !where.isReal();
        call.core.count(GwcCounter.CLAIMS);
        final CommandRequest onLine = CommandRequest.modify(line(), events(),
            AuditDescriptor.of(AuditItem.OBSERVED_EVENTS));
        send(searching ? ActionRequest.of(where, CommandRequest.modify(trunk(), EventsDescriptor.of(call.reference,
            "g/cause"))) : ActionRequest.of(where, onLine), nowNs);
    }

    void release(final long nowNs) {
        switch (state) {
            case NONE -> {
                // a controller before us may have made a context that nobody told us of: look for it
                claim(ContextId.ALL, nowNs);
            }
            case HELD -> {
                state = State.SUBTRACTING;
                send(ActionRequest.of(ContextId.of(context), CommandRequest.subtract(TerminationId.ALL)), nowNs);
            }
            default -> { }
        }
    }

    /** Somebody else may speak for the call: nothing that waits for an answer is sent again on its behalf. */
    void orphan() {
        if (session != null && (state == State.ADDING || state == State.CLAIMING)) {
            session.releaseRetained(session.retained());
        }
    }

    /**
     * Gives back what an orphan may still have. It claims nothing, for that would take the context away from whoever
     * has it now: it asks whether the circuit is in a context, and the gateway refuses the Subtract of one that is not
     * ours.
     */
    void releaseOrphan(final long nowNs) {
        switch (state) {
            case NONE, ADDING, CLAIMING -> {
                state = State.AUDITING;
                send(ActionRequest.of(ContextId.ALL, CommandRequest.auditValue(trunk())), nowNs);
            }
            case HELD -> release(nowNs);
            default -> { }
        }
    }

    private void send(final ActionRequest action, final long nowNs) {
        if (session == null) {
            session = call.core.user().open(call.core.tools().mediaPool(), element, this, null, nowNs);
        }
        transaction = call.core.tools().nextTransaction();
        if (!send(MegacoMessage.of(call.core.tools().mid(), TransactionRequest.of(transaction, action)), REQUEST,
            nowNs)) {
            call.core.later(call, () -> lost(CauseIndicators.SWITCHING_CONGESTION));
        }
    }

    private boolean send(final MegacoMessage message, final int flags, final long nowNs) {
        final byte[] text = call.core.tools().megacoEncoder().encode(message);
        return session != null && session.send(PPID, text, 0, text.length, flags, nowNs) == SendStatus.ACCEPTED;
    }

    // ---- answers and events ---------------------------------------------------------------------------------------

    @Override
    public void onMessage(final PoolSession from, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        try {
            if (ppid != PPID) {
                call.core.count(GwcCounter.UNEXPECTED);
                return;
            }
            final MegacoMessage message = call.core.tools().megacoDecoder().decode(buffer, offset, length);
            call.core.input(call, nowNs, () -> onMegaco(message));
        } catch (final MalformedException e) {
            call.core.count(GwcCounter.MALFORMED);
        }
    }

    private void onMegaco(final MegacoMessage message) {
        for (final Transaction each : message.transactions()) {
            if (each instanceof TransactionReply reply) {
                if (reply.id() == transaction && session != null) {
                    session.releaseRetained(session.retained());
                    transaction = 0;
                    onReply(reply);
                } else {
                    call.core.count(GwcCounter.UNEXPECTED);
                }
            } else if (each instanceof TransactionRequest request) {
                onRequest(request);
            }
        }
    }

    private void onReply(final TransactionReply reply) {
        final ErrorDescriptor error = reply.firstError();
        switch (state) {
            case ADDING -> {
                if (error == null && call.orphaned) {
                    // made too late, for a controller that does not speak for the call any more: taken down at once
                    hold(reply);
                    release(call.nowNs());
                } else if (error == null) {
                    hold(reply);
                    call.onConnected();
                } else {
                    onAddRefused(reply, error);
                }
            }
            case CLAIMING -> onClaimed(reply, error);
            case AUDITING -> {
                if (reply.actions().stream().anyMatch(a -> a.context().isReal())) {
                    hold(reply);
                } else {
                    end();
                }
                call.clear();
            }
            case SUBTRACTING -> {
                // 402, 411, 435: it is not ours any more or not there any more; either way it is given back
                end();
                call.clear();
            }
            default -> call.core.count(GwcCounter.UNEXPECTED);
        }
    }

    private void hold(final TransactionReply reply) {
        state = State.HELD;
        for (final ActionReply action : reply.actions()) {
            if (action.context().isReal()) {
                context = action.context().value();
            }
        }
    }

    private void onAddRefused(final TransactionReply reply, final ErrorDescriptor error) {
        final boolean trunkAdded = reply.actions().stream().flatMap(a -> a.commands().stream())
            .anyMatch(c -> c.verb() == Verb.ADD && c.error() == null);
        if (error.code() == ErrorCode.ALREADY_IN_CONTEXT && !trunkAdded) {
            // the circuit is in a context already: the controller before us came as far as this
            call.core.count(GwcCounter.ADOPTIONS);
            claim(ContextId.ALL, call.nowNs());
            return;
        }
        final int cause = error.code() == ErrorCode.ALREADY_IN_CONTEXT ? CauseIndicators.USER_BUSY
            : error.code() == ErrorCode.UNKNOWN_TERMINATION ? CauseIndicators.UNALLOCATED_NUMBER
            : CauseIndicators.RESOURCE_UNAVAILABLE;
        if (trunkAdded) {
            hold(reply);
        } else {
            end();
        }
        call.onMediaFailed(cause);
    }

    private void onClaimed(final TransactionReply reply, final ErrorDescriptor error) {
        if (error != null && !(searching && reply.actions().stream().anyMatch(a -> a.context().isReal()))) {
            if (searching && call.isGoing()) {
                // it went away between refusal and claim: the circuit is free now
                state = State.NONE;
                add(call.nowNs());
                return;
            }
            end();
            if (searching) {
                call.clear();
            } else {
                call.onContextGone();
            }
            return;
        }
        if (searching) {
            hold(reply);
            if (!call.isGoing()) {
                call.clear();
                return;
            }
            claim(ContextId.of(context), call.nowNs());
            return;
        }
        hold(reply);
        call.onConnected();
        observed(reply).forEach(call::onLineEvent);
    }

    private static List<String> observed(final TransactionReply reply) {
        final List<String> names = new ArrayList<>();
        for (final ActionReply action : reply.actions()) {
            for (final CommandReply command : action.commands()) {
                final ObservedEventsDescriptor events = command.find(ObservedEventsDescriptor.class);
                if (events != null) {
                    events.events().forEach(event -> names.add(event.name()));
                }
            }
        }
        return names;
    }

    /** Notify (RFC 3525 section 7.2.7): answered first, then told. */
    private void onRequest(final TransactionRequest request) {
        final List<ActionReply> replies = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        for (final ActionRequest action : request.actions()) {
            final List<CommandReply> done = new ArrayList<>();
            for (final CommandRequest command : action.commands()) {
                if (command.verb() != Verb.NOTIFY) {
                    done.add(CommandReply.error(command.verb(), command.termination(), ErrorCode.UNSUPPORTED_COMMAND,
                        "a controller sends this command"));
                    continue;
                }
                done.add(CommandReply.of(Verb.NOTIFY, command.termination()));
                final ObservedEventsDescriptor events = command.find(ObservedEventsDescriptor.class);
                if (!command.termination().text().equalsIgnoreCase(line().text())) {
                    // of a call that a former self of this controller had: whoever claims that one finds it by audit
                    call.core.count(GwcCounter.UNEXPECTED);
                } else if (events != null) {
                    for (final ObservedEvent event : events.events()) {
                        names.add(event.name());
                    }
                }
            }
            replies.add(ActionReply.of(action.context(), done.toArray(CommandReply[]::new)));
        }
        send(MegacoMessage.of(call.core.tools().mid(), TransactionReply.of(request.id(),
            replies.toArray(ActionReply[]::new))),
            0, call.nowNs());
        names.forEach(call::onLineEvent);
    }

    // ---- ends -----------------------------------------------------------------------------------------------------

    private void end() {
        state = State.RELEASED;
        if (session != null) {
            session.close(call.nowNs());
            session = null;
        }
    }

    private void lost(final int cause) {
        if (state != State.RELEASED) {
            end();
            call.onMediaFailed(cause);
        }
    }

    @Override
    public void onFailover(final PoolSession from, final Failover failover, final long nowNs) {
        // transactions that wait for their reply were sent again by the stack
    }

    @Override
    public void onRecovered(final PoolSession from, final Failover failover, final long pendingSinceNs,
        final long nowNs) {
        call.core.recovered(call, "mg", failover, pendingSinceNs, nowNs);
    }

    @Override
    public void onFailed(final PoolSession from, final SessionFailure reason, final long nowNs) {
        session = null;
        call.core.input(call, nowNs, () -> lost(CauseIndicators.DESTINATION_OUT_OF_ORDER));
    }

    /** Forgets everything silently: somebody else speaks for the call. */
    void drop(final long nowNs) {
        if (session != null) {
            session.close(nowNs);
            session = null;
        }
        state = State.RELEASED;
    }

    @Override
    public String toString() {
        return state.toString();
    }
}
