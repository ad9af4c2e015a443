// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.ElementMachine;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.MegacoDecoder;
import org.poolswitch.megaco.MegacoEncoder;
import org.poolswitch.megaco.MegacoLimits;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.MegacoSyntaxException;
import org.poolswitch.megaco.Mid;
import org.poolswitch.megaco.Transaction;
import org.poolswitch.megaco.TransactionAck;
import org.poolswitch.megaco.TransactionPending;
import org.poolswitch.megaco.TransactionReply;
import org.poolswitch.megaco.TransactionRequest;
import org.poolswitch.observe.Counters;

/**
 * A media gateway without its node: speaks H.248 to the controllers that are users of its pool element, keeps contexts
 * and terminations, and plays the subscribers behind its lines.
 */
public final class MgCore implements ElementMachine, ElementListener {
    /** Versions whose text we read; they differ only in what they add. */
    private static final int NEWEST_VERSION = 3;
    private static final long FULL_LOAD = 0xffffffffL;

    private final MgConfig config;
    private final PoolElement element;
    private final Counters counters = new Counters(MgCounter.class);
    private final AlarmQueue alarms = new AlarmQueue();
    private final MegacoDecoder decoder;
    private final ControllerTable controllers;
    private final ReplyStore replies;
    private final Mailer mailer;
    private final Notifier notifier;
    private final Announcer announcer;
    private final Gateway gateway;
    private final Executor executor;
    private final Fence fence;
    private final Set<Integer> associations = new HashSet<>();

    /**
     * @param own     the gateway's mId
     * @param element makes the pool element that reports to us
     */
    public MgCore(final MgConfig config, final Mid own, final RandomGenerator random,
        final Function<ElementListener, PoolElement> element) {
        this.config = config;
        this.element = element.apply(this);
        decoder = new MegacoDecoder(new MegacoLimits(config.bounds().maxMessageOctets(),
            MegacoLimits.standard().maxDepth(), MegacoLimits.standard().maxItems()));
        controllers = new ControllerTable(config.bounds().maxControllers());
        replies = new ReplyStore(config.bounds().maxStoredReplies(), config.timers().longTimerNs());
        mailer = new Mailer(own, new MegacoEncoder(config.style()), this.element, counters);
        final TransactionIds ids = new TransactionIds(random);
        notifier = new Notifier(config.timers(), alarms, mailer, ids, counters);
        announcer = new Announcer(config.timers(), alarms, mailer, ids, counters);
        gateway = new Gateway(config, alarms, random, notifier, counters);
        executor = new Executor(gateway);
        fence = new Fence(this.element, config.bounds().maxHeldMessages());
    }

    /** Joins the pool. */
    @Override
    public void start(final long nowNs) {
        element.register(config.poolHandle(), config.policyType(), nowNs);
    }

    /** Leaves the pool, takes no new call, keeps those that are there. */
    @Override
    public void beginDrain(final long nowNs) {
        if (!gateway.closing) {
            gateway.closing = true;
            element.deregister(nowNs);
            for (final int association : associations) {
                announcer.announceEnd(association, nowNs);
            }
        }
    }

    /** No call and no registration is left. */
    @Override
    public boolean isDrained() {
        return gateway.closing && contexts() == 0 && element.isDeregistered();
    }

    @Override
    public long nextDeadlineNs() {
        return alarms.nextNs();
    }

    @Override
    public void onDeadline(final long nowNs) {
        alarms.fireDue(nowNs);
    }

    @Override
    public void onUserUp(final int association, final long nowNs) {
        associations.add(association);
        if (gateway.closing) {
            announcer.announceEnd(association, nowNs);
        } else {
            announcer.announce(association, counters.get(MgCounter.CONTEXTS_MADE) == 0, nowNs);
        }
    }

    @Override
    public void onUserDown(final int association, final long nowNs) {
        counters.add(MgCounter.HELD_DROPPED, fence.take(association).size());
        associations.remove(association);
        announcer.onDown(association);
        controllers.onDown(association);
    }

    @Override
    public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        // a gateway gives out no cookies: its contexts are not to be had elsewhere
        counters.increment(MgCounter.WRONG_PROTOCOL);
    }

    @Override
    public void onUserUnfenced(final int association, final long nowNs) {
        for (final Fence.Held each : fence.take(association)) {
            onMessage(association, each.stream(), each.ppid(), each.octets(), 0, each.octets().length, nowNs);
        }
    }

    @Override
    public void onUserMessage(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        if (!fence.holdsBack(association)) {
            onMessage(association, stream, ppid, buffer, offset, length, nowNs);
        } else if (fence.hold(association, stream, ppid, buffer, offset, length)) {
            counters.increment(MgCounter.HELD);
        } else {
            // without an answer it would wait for ever: let it go, it finds us again or another one
            counters.increment(MgCounter.HELD_REFUSED);
            element.abortUser(association, nowNs);
        }
    }

    private void onMessage(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        if (ppid != MegacoMessage.PPID) {
            counters.increment(MgCounter.WRONG_PROTOCOL);
            return;
        }
        final MegacoMessage message;
        try {
            message = decoder.decode(buffer, offset, length);
        } catch (final MegacoSyntaxException e) {
            refuse(e, association, stream, nowNs);
            return;
        }
        if (message.error() != null) {
            // never answered, or two parties could go on like that for ever
            counters.increment(MgCounter.PEER_ERRORS);
            return;
        }
        if (message.version() > NEWEST_VERSION) {
            error(ErrorCode.VERSION, "versions up to " + NEWEST_VERSION, association, stream, nowNs);
            return;
        }
        final Controller sender = controllers.of(message.sender());
        if (sender == null) {
            counters.increment(MgCounter.CONTROLLERS_REFUSED);
            error(ErrorCode.NO_RESOURCES, "too many controllers", association, stream, nowNs);
            return;
        }
        heard(sender, association, stream, nowNs);
        for (final Transaction transaction : message.transactions()) {
            onTransaction(sender, transaction, association, stream, nowNs);
        }
    }

    private void refuse(final MegacoSyntaxException e, final int association, final int stream, final long nowNs) {
        counters.increment(MgCounter.MALFORMED);
        if (e.transactionId() == MegacoSyntaxException.NO_TRANSACTION) {
            error(ErrorCode.BAD_MESSAGE, e.getMessage(), association, stream, nowNs);
        } else {
            counters.increment(MgCounter.ERRORS);
            mailer.send(association, stream, mailer.encode(TransactionReply.error(e.transactionId(),
                ErrorCode.BAD_TRANSACTION, e.getMessage())), nowNs);
        }
    }

    private void error(final int code, final String text, final int association, final int stream,
        final long nowNs) {
        counters.increment(MgCounter.ERRORS);
        mailer.send(association, stream, mailer.encodeError(code, text), nowNs);
    }

    /** A controller is known by its mId: it may come back on another association and find its contexts. */
    private void heard(final Controller controller, final int association, final int stream, final long nowNs) {
        final boolean moved = controller.association != association;
        controller.association = association;
        if (stream != Announcer.STREAM || moved) {
            controller.stream = stream;
        }
        if (moved) {
            notifier.onReachable(controller, nowNs);
        }
    }

    private void onTransaction(final Controller sender, final Transaction transaction, final int association,
        final int stream, final long nowNs) {
        if (transaction instanceof TransactionRequest request) {
            onRequest(sender, request, association, stream, nowNs);
        } else if (transaction instanceof TransactionReply reply) {
            if (!notifier.onReply(sender, reply.id()) && !announcer.onReply(association, reply.id())) {
                counters.increment(MgCounter.LATE_REPLIES);
            }
        } else if (transaction instanceof TransactionPending pending) {
            notifier.onPending(sender, pending.id(), nowNs);
        } else if (transaction instanceof TransactionAck ack) {
            for (final TransactionAck.Range range : ack.ranges()) {
                replies.acknowledged(sender.mid, range);
            }
        }
    }

    private void onRequest(final Controller sender, final TransactionRequest request, final int association,
        final int stream, final long nowNs) {
        final int hash = request.hashCode();
        final ReplyStore.Stored stored = replies.find(sender.mid, request.id());
        if (stored != null && stored.requestHash() == hash) {
            counters.increment(MgCounter.DUPLICATES);
            mailer.send(association, stream, stored.octets(), nowNs);
            return;
        }
        if (stored != null) {
            counters.increment(MgCounter.IDS_REUSED);
        }
        final Work work = new Work(sender, association, stream, nowNs);
        final byte[] octets = mailer.encode(executor.execute(request, work));
        counters.increment(MgCounter.TRANSACTIONS);
        if (work.hasFailed()) {
            counters.increment(MgCounter.ERRORS);
        }
        counters.add(MgCounter.REPLIES_FORGOTTEN, replies.keep(sender.mid, request.id(), hash, octets, nowNs));
        mailer.send(association, stream, octets, nowNs);
        for (final MgContext context : work.claimed) {
            notifier.onNewOwner(context, nowNs);
        }
        // for the Least Used policies; the element tells the registrar when it has changed enough
        element.updateLoad(FULL_LOAD * contexts() / gateway.contexts.size(), nowNs);
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: contexts that exist, which are calls. */
    public int contexts() {
        return gateway.contexts.inUse();
    }

    /** Gauge: lines in calls. */
    public int lines() {
        return gateway.terminations.lines();
    }

    /** Gauge: associations with controllers. */
    public int controllers() {
        return associations.size();
    }

    /** Gauge: Notifies that no controller has acknowledged. */
    public int waitingNotifies() {
        return notifier.waiting();
    }

    /** Gauge: replies kept for duplicates. */
    public int storedReplies() {
        return replies.size();
    }

    /** Its PE identifier in the pool. */
    public int identifier() {
        return element.identifier();
    }

    /** Who hears what subscribers do. */
    public void observe(final LineObserver observer) {
        gateway.observer = observer;
    }

    /** Which numbers were called. */
    public SeizureBook seizures() {
        return gateway.seizures;
    }
}
