// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.AsapBounds;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/**
 * What a session says: at once if it has a stream and nothing waits, else in its order as soon as there is an element.
 * After a move the cookie goes first, then what the lost element may not have worked off, then what is new.
 */
final class SessionOutput {
    private final PoolSessionImpl session;
    private final AsapPoolUser user;
    private final PoolState pool;
    private final SessionPlace place;
    private final SessionMessages messages;
    private final SessionCookie cookie;
    private final SessionMove move;
    private boolean engaged;

    SessionOutput(final PoolSessionImpl session, final SessionPlace place, final SessionMessages messages,
        final SessionCookie cookie, final SessionMove move) {
        this.session = session;
        this.user = session.user;
        this.pool = session.pool;
        this.place = place;
        this.messages = messages;
        this.cookie = cookie;
        this.move = move;
    }

    /** Whether the element has been sent something in this session, so that it may know of it. */
    boolean isEngaged() {
        return engaged;
    }

    /** The element is lost. */
    void disengage() {
        engaged = false;
    }

    /** The session is open. @return as {@link PoolSession#send} */
    SendStatus send(final int ppid, final byte[] buffer, final int offset, final int length, final int flags,
        final long nowNs) {
        final AsapBounds bounds = user.config.bounds();
        if (length < 1 || length > bounds.messageOctets() || ppid == RegistrarLink.PPID || ppid < 0) {
            return SendStatus.INVALID;
        }
        if ((flags & PoolSession.RETAIN) != 0 && !messages.mayRetain(length, bounds)) {
            return refused();
        }
        if (!messages.isWaiting() && isPlaced(nowNs)) {
            final SendStatus status = place.send(ppid, buffer, offset, length, lifetimeNs(flags), nowNs);
            if (status == SendStatus.ACCEPTED) {
                if ((flags & PoolSession.RETAIN) != 0) {
                    messages.retain(ppid, buffer, offset, length, flags);
                }
                sent(flags, nowNs);
                return status;
            }
            if (status != SendStatus.CLOSED) {
                return status == SendStatus.FULL ? refused() : status;
            }
            place.link().leave(Failover.Cause.SHUTDOWN);
        }
        return enqueue(ppid, buffer, offset, length, flags, nowNs);
    }

    private long lifetimeNs(final int flags) {
        return (flags & PoolSession.PERISHABLE) == 0 ? SctpEndpoint.NO_LIFETIME
            : user.config.suspicion().perishAfterNs();
    }

    private SendStatus enqueue(final int ppid, final byte[] buffer, final int offset, final int length,
        final int flags, final long nowNs) {
        if (!pool.admits(length)) {
            return refused();
        }
        // a call that lost its element is worth more patience than a new one
        messages.enqueue(ppid, buffer, offset, length, flags, move.isUnderWay() ? pool.resending : pool.fresh, nowNs);
        user.counters.increment(AsapCounter.QUEUED);
        pool.wanted(nowNs);
        return SendStatus.ACCEPTED;
    }

    private SendStatus refused() {
        user.counters.increment(AsapCounter.REFUSED);
        return SendStatus.FULL;
    }

    private void sent(final int flags, final long nowNs) {
        engaged = true;
        if ((flags & PoolSession.EXPECT_REPLY) != 0) {
            place.link().suspicion.expect(session, nowNs);
        }
    }

    /** Whether there is a stream to send on now; takes one if the association has just come up. */
    private boolean isPlaced(final long nowNs) {
        while (place.isTaken() || user.attach(session, nowNs)) {
            if (!place.link().isUp()) {
                return false;
            }
            if (place.hasStream()) {
                return true;
            }
            messages.onNewAssociation();
            if (!place.takeStream(nowNs)) {
                place.leave(nowNs);
                engaged = false;
            }
        }
        return false;
    }

    /** Sends what waits, as far as it goes. */
    void drain(final long nowNs) {
        while (messages.isWaiting() && drainFirst(nowNs)) {
            messages.removeFirst();
        }
        // the mark is the first of the resends, so none left means that it reached this element
        if (move.isUnderWay() && place.isTaken() && messages.resends() == 0) {
            user.moved(session, move.complete(place.element()), nowNs);
        }
    }

    /** @return true if the first message is done with */
    private boolean drainFirst(final long nowNs) {
        final StoredMessage m = messages.first();
        if (m.cancelled) {
            return true;
        }
        if (!isPlaced(nowNs)) {
            return false;
        }
        final SendStatus status = m.isMark() ? echoCookie(nowNs)
            : place.send(m.ppid, m.bytes, 0, m.length, lifetimeNs(m.flags), nowNs);
        switch (status) {
            case ACCEPTED -> {
                count(m);
                sent(m.flags, nowNs);
                return true;
            }
            case CLOSED -> {
                place.link().leave(Failover.Cause.SHUTDOWN);
                return false;
            }
            case FULL -> {
                place.link().blocked(true);
                return false;
            }
            default -> {
                // it does not fit this association and never will; keeping it would block all that follows
                user.counters.increment(AsapCounter.REFUSED);
                return true;
            }
        }
    }

    private void count(final StoredMessage m) {
        if (move.isUnderWay() && m.resend && !m.isMark()) {
            move.onResent();
            user.counters.increment(AsapCounter.RESENT);
        }
    }

    /** COOKIE_ECHO goes before everything else (RFC 5352 section 5.5.2). */
    private SendStatus echoCookie(final long nowNs) {
        if (!cookie.isThere()) {
            return SendStatus.ACCEPTED;
        }
        if (!place.hasControlChannel()) {
            user.counters.increment(AsapCounter.COOKIES_WITHHELD);
            return SendStatus.ACCEPTED;
        }
        final SendStatus status = place.echo(cookie, user.control, nowNs);
        if (status == SendStatus.ACCEPTED) {
            move.onCookieEchoed();
            user.counters.increment(AsapCounter.COOKIES_ECHOED);
        }
        return status;
    }

    /** Sends what is retained once more. */
    void repeat(final long nowNs) {
        for (StoredMessage m = messages.firstRetained(); m != null && isPlaced(nowNs); m = m.nextRetained) {
            // one that waits goes anyway; one that is refused now goes with the failover that follows
            if (!m.waiting && place.send(m.ppid, m.bytes, 0, m.length, lifetimeNs(m.flags), nowNs)
                == SendStatus.ACCEPTED) {
                sent(m.flags, nowNs);
            }
        }
    }
}
