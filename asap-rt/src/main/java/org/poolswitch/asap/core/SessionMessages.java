// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.AsapBounds;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * A session's messages: those retained until the application has proof that they were processed, and those that wait
 * for an element, in the order in which they must go out.
 */
final class SessionMessages {
    private final PoolSessionImpl session;
    private final MessageStore store;
    private final RetainedList retained = new RetainedList();
    private SessionQueue waiting = new SessionQueue();
    /** Handed back by the transport; used from the loss of an association until what waits is put in order. */
    private SessionQueue returned;

    SessionMessages(final PoolSessionImpl session, final MessageStore store) {
        this.session = session;
        this.store = store;
    }

    /** Whether the limits let one more message be retained. */
    boolean mayRetain(final int length, final AsapBounds bounds) {
        return retained.count() < bounds.retainedMessages()
            && retained.octets() + length <= bounds.retainedOctets();
    }

    int retained() {
        return retained.count();
    }

    /** The oldest retained message, or null; the others follow by their own links. */
    StoredMessage firstRetained() {
        return retained.head();
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Messages that wait and were sent once already, to an element that is lost. */
    int resends() {
        return waiting.resends();
    }

    /** Something the application still counts on: a retained message, or one that waits. */
    boolean matter() {
        return retained.count() > 0 || waiting.matters();
    }

    /** Something that a lost element may not have worked off. */
    boolean atStake() {
        return retained.count() > 0 || returned != null || isWaiting();
    }

    /** Keeps a copy of a message that has just been sent. */
    void retain(final int ppid, final byte[] buffer, final int offset, final int length, final int flags) {
        retained.add(store.copy(session, ppid, buffer, offset, length, flags));
    }

    /** Keeps a copy of a message that nobody can take now. @param ages the list in which its age is watched */
    void enqueue(final int ppid, final byte[] buffer, final int offset, final int length, final int flags,
        final WaitingList ages, final long nowNs) {
        final StoredMessage m = store.copy(session, ppid, buffer, offset, length, flags);
        m.fresh = true;
        append(m, ages, nowNs);
        if ((flags & PoolSession.RETAIN) != 0) {
            retained.add(m);
        }
    }

    private void append(final StoredMessage m, final WaitingList ages, final long nowNs) {
        waiting.add(m);
        ages.append(m, nowNs);
    }

    /** The message that must go out first. */
    StoredMessage first() {
        return waiting.peek();
    }

    /** The first one is done with. */
    void removeFirst() {
        final StoredMessage m = waiting.poll();
        m.fresh = false;
        m.resend = false;
        m.cancelled = false;
        if (!m.retained) {
            store.release(m);
        }
    }

    /** The oldest {@code count} retained messages were processed. */
    void releaseRetained(final int count) {
        for (int i = 0; i < count; i++) {
            final StoredMessage m = retained.poll();
            if (m.waiting) {
                m.cancelled = true;
            } else {
                retained.remember(m);
                store.release(m);
            }
        }
    }

    /** A new association knows nothing of the old one's messages. */
    void onNewAssociation() {
        retained.forgetReleased();
    }

    /** The transport handed this back; the link's end is being worked on. */
    void onReturned(final UndeliveredMessage u) {
        if (retained.covers(u)) {
            return;
        }
        if (returned == null) {
            returned = new SessionQueue();
        }
        final StoredMessage m = store.adopt(session, u.ppid(), u.payload());
        m.resend = true;
        returned.add(m);
    }

    /** For the next element: cookie echo, retained messages, handed-back ones, then what never was sent. */
    void putInOrder(final WaitingList ages, final long nowNs) {
        final SessionQueue old = waiting;
        waiting = new SessionQueue();
        resend(store.mark(session), ages, nowNs);
        for (StoredMessage m = retained.head(); m != null; m = m.nextRetained) {
            m.matched = false;
            if (!m.waiting) {
                resend(m, ages, nowNs);
            }
        }
        while (returned != null && !returned.isEmpty()) {
            resend(returned.poll(), ages, nowNs);
        }
        returned = null;
        while (!old.isEmpty()) {
            final StoredMessage m = old.poll();
            if (m.isMark() || m.cancelled) {
                m.cancelled = false;
                store.release(m);
            } else {
                append(m, ages, nowNs);
            }
        }
    }

    private void resend(final StoredMessage m, final WaitingList ages, final long nowNs) {
        m.resend = true;
        append(m, ages, nowNs);
    }

    void dropWaiting() {
        while (isWaiting()) {
            final StoredMessage m = waiting.poll();
            if (!m.retained) {
                store.release(m);
            }
        }
    }

    void dropAll() {
        dropWaiting();
        while (retained.count() > 0) {
            store.release(retained.poll());
        }
    }
}
