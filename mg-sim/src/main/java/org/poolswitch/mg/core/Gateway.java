// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.random.RandomGenerator;
import org.poolswitch.megaco.ObservedEvent;
import org.poolswitch.observe.Counters;

/** What the commands work on: contexts, terminations, subscribers, and the books about them. */
final class Gateway implements CalledParty.Ear {
    final MgConfig config;
    final ContextTable contexts;
    final TerminationTable terminations;
    final SeizureBook seizures;
    final Counters counters;
    final Notifier notifier;
    private final AlarmQueue alarms;
    private final RandomGenerator random;
    LineObserver observer = LineObserver.NONE;
    /** No new contexts: the node is on its way out. */
    boolean closing;

    Gateway(final MgConfig config, final AlarmQueue alarms, final RandomGenerator random, final Notifier notifier,
        final Counters counters) {
        this.config = config;
        this.alarms = alarms;
        this.random = random;
        this.notifier = notifier;
        this.counters = counters;
        contexts = new ContextTable(config.bounds().maxContexts(), random.nextInt() & 0x7fffffff);
        terminations = new TerminationTable(config);
        seizures = new SeizureBook(config.bounds().maxSeizures());
    }

    /** A context for this controller, or null if there is none left. */
    MgContext make(final Controller controller, final long nowNs) {
        final MgContext context = contexts.take();
        if (context != null) {
            context.madeNs = nowNs;
            setOwner(context, controller);
        }
        return context;
    }

    void setOwner(final MgContext context, final Controller controller) {
        if (context.owner != null) {
            context.owner.contexts--;
        }
        context.owner = controller;
        controller.contexts++;
    }

    /** Puts a termination into a context; both fit. */
    void add(final MgContext context, final Termination termination, final long nowNs) {
        join(context, termination, nowNs);
        if (termination.isLine()) {
            termination.party = new CalledParty(termination, config.calledSideOf(termination.digits), alarms,
                random, this);
            counters.increment(MgCounter.SEIZURES);
            seizures.add(new Seizure(termination.digits, context.id, trunkOf(context), context.owner.mid, nowNs));
        }
    }

    /** Takes a termination from its context into another; it stays what it is. */
    void move(final MgContext context, final Termination termination, final long nowNs) {
        final MgContext from = termination.context;
        from.terminations.remove(termination);
        termination.context = null;
        endIfEmpty(from);
        join(context, termination, nowNs);
    }

    private void join(final MgContext context, final Termination termination, final long nowNs) {
        if (termination.context != null) {
            throw new IllegalStateException(termination.id + " would be in two contexts");
        }
        if (context.terminations.isEmpty()) {
            counters.increment(MgCounter.CONTEXTS_MADE);
        }
        context.terminations.add(termination);
        termination.context = context;
        termination.addedNs = nowNs;
    }

    /** Takes a termination out; the last one ends the context. */
    void subtract(final Termination termination) {
        final MgContext context = termination.context;
        notifier.forget(termination);
        context.terminations.remove(termination);
        if (termination.party != null) {
            termination.party.end();
            termination.party = null;
        }
        terminations.release(termination);
        endIfEmpty(context);
    }

    /** A context that was taken for an Add which failed: as if it had never been. */
    void unmake(final MgContext context) {
        context.owner.contexts--;
        contexts.give(context);
    }

    /** A context without terminations does not exist (RFC 3525 section 6.1). */
    private void endIfEmpty(final MgContext context) {
        if (context.terminations.isEmpty()) {
            counters.increment(MgCounter.CONTEXTS_ENDED);
            unmake(context);
        }
    }

    private static String trunkOf(final MgContext context) {
        for (final Termination termination : context.terminations) {
            if (!termination.isLine()) {
                return termination.id.text();
            }
        }
        return "";
    }

    @Override
    public void onLineEvent(final CalledParty party, final String event, final long nowNs) {
        final Termination line = party.line;
        counters.increment(MgCounter.EVENTS);
        observer.onLineEvent(line.digits, event, nowNs);
        final ObservedEvent observed = ObservedEvent.of(TimeStamps.of(config.clockOriginMillis(), nowNs), event);
        if (line.observed.size() == config.bounds().maxObservedEvents()) {
            line.observed.removeFirst();
        }
        line.observed.addLast(observed);
        if (line.wants(event)) {
            notifier.onEvent(line, observed, nowNs);
        }
    }
}
