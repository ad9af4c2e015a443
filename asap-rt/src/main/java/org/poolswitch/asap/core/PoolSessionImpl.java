// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.AsapBounds;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** One session: sends what the application says at its place, and moves to another one when the element is lost. */
final class PoolSessionImpl implements PoolSession {
    final AsapPoolUser user;
    final PoolState pool;
    final PoolSessionListener listener;
    final int preferred;
    private final Object attachment;

    /** Index among the sessions of its link; owned by the link. */
    int linkIndex;
    private final SessionPlace place;
    private final SessionMessages messages;
    private final SessionCookie cookie = new SessionCookie();
    private final SessionMove move = new SessionMove();
    /** The element has been sent something in this session, so it may know of it. */
    private boolean engaged;
    /** Number of the pool's answer that it waits for, with a stale.cache.value of 0; 0 = it has not asked yet. */
    long answer;
    /** PE identifier to keep away from, because the application found it useless; or 0. */
    private int shunned;

    // what it expects; owned by the link's Suspicion
    boolean expecting;
    boolean expectAgain;
    long expectSinceNs;
    int patienceShift;
    PoolSessionImpl expectBefore;
    PoolSessionImpl expectAfter;

    private boolean closed;
    private boolean abandoned;
    /** Who should take over, in the lost element's own words (BUSINESS_CARD). */
    int[] card;
    /** Visited during one walk over waiting messages. */
    boolean visited;

    PoolSessionImpl(final AsapPoolUser user, final PoolState pool, final int preferred,
        final PoolSessionListener listener, final Object attachment) {
        this.user = user;
        this.pool = pool;
        this.preferred = preferred;
        this.listener = listener;
        this.attachment = attachment;
        this.place = new SessionPlace(this, user.endpoint);
        this.messages = new SessionMessages(this, user.store);
    }

    @Override
    public byte[] poolHandle() {
        return pool.handle();
    }

    @Override
    public int element() {
        return place.element();
    }

    @Override
    public SendStatus send(final int ppid, final byte[] buffer, final int offset, final int length, final int flags,
        final long nowNs) {
        final AsapBounds bounds = user.config.bounds();
        if (closed) {
            return SendStatus.CLOSED;
        }
        if (length < 1 || length > bounds.messageOctets() || ppid == RegistrarLink.PPID || ppid < 0) {
            return SendStatus.INVALID;
        }
        if ((flags & RETAIN) != 0 && !messages.mayRetain(length, bounds)) {
            return refused();
        }
        if (!messages.isWaiting() && isPlaced(nowNs)) {
            final SendStatus status = place.send(ppid, buffer, offset, length, lifetimeNs(flags), nowNs);
            if (status == SendStatus.ACCEPTED) {
                if ((flags & RETAIN) != 0) {
                    messages.retain(ppid, buffer, offset, length, flags);
                }
                sent(flags, nowNs);
                return status;
            }
            if (status != SendStatus.CLOSED) {
                return status == SendStatus.FULL ? refused() : status;
            }
            link().leave(Failover.Cause.SHUTDOWN);
        }
        return enqueue(ppid, buffer, offset, length, flags, nowNs);
    }

    private long lifetimeNs(final int flags) {
        return (flags & PERISHABLE) == 0 ? SctpEndpoint.NO_LIFETIME : user.config.suspicion().perishAfterNs();
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
        if ((flags & EXPECT_REPLY) != 0) {
            link().suspicion.expect(this, nowNs);
        }
    }

    /** Whether there is a stream to send on now; takes one if the association has just come up. */
    private boolean isPlaced(final long nowNs) {
        while (place.isTaken() || user.attach(this, nowNs)) {
            if (!link().isUp()) {
                return false;
            }
            if (place.hasStream()) {
                return true;
            }
            messages.onNewAssociation();
            if (!place.takeStream(nowNs)) {
                leave(nowNs);
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
            user.moved(this, move.complete(place.element()), nowNs);
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
                link().leave(Failover.Cause.SHUTDOWN);
                return false;
            }
            case FULL -> {
                link().blocked(true);
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

    @Override
    public void releaseRetained(final int count) {
        if (count < 0 || count > retained()) {
            throw new IllegalArgumentException("released " + count + " of " + retained() + " retained messages");
        }
        messages.releaseRetained(count);
    }

    @Override
    public int retained() {
        return messages.retained();
    }

    @Override
    public boolean hasCookie() {
        return cookie.isThere();
    }

    @Override
    public void clearCookie() {
        cookie.clear();
    }

    void onCookie(final byte[] buffer, final int offset, final int length, final long nowNs) {
        cookie.replace(buffer, offset, length);
        answered(nowNs);
    }

    private void answered(final long nowNs) {
        link().suspicion.answered(this, nowNs);
        final Failover confirmed = move.confirm();
        if (confirmed != null) {
            listener.onRecovered(this, confirmed, move.pendingSinceNs(), nowNs);
        }
    }

    void onData(final int ppid, final byte[] buffer, final int offset, final int length, final long nowNs) {
        answered(nowNs);
        listener.onMessage(this, ppid, buffer, offset, length, nowNs);
    }

    void onExpired(final long nowNs) {
        listener.onExpired(this, nowNs);
    }

    @Override
    public void repeat(final long nowNs) {
        for (StoredMessage m = messages.firstRetained(); m != null && isPlaced(nowNs); m = m.nextRetained) {
            // one that waits goes anyway; one that is refused now goes with the failover that follows
            if (!m.waiting && place.send(m.ppid, m.bytes, 0, m.length, lifetimeNs(m.flags), nowNs)
                == SendStatus.ACCEPTED) {
                sent(m.flags, nowNs);
            }
        }
    }

    /** The transport handed this back; the link's end is being worked on. */
    void onReturned(final UndeliveredMessage u) {
        messages.onReturned(u);
    }

    /** Its association is gone. Afterwards it is on no link, and what must go elsewhere waits in order. */
    void onLinkLost(final Failover.Cause cause, final long heardNs, final long nowNs) {
        final boolean atStake = move.isUnderWay() || cookie.isThere() || expecting || messages.atStake();
        move.onLost(expecting ? expectSinceNs : 0);
        // an association that never took anything changed nothing: what waits for another one goes on getting older
        if (engaged && atStake) {
            move.begin(place.element(), cause, heardNs, nowNs);
            messages.putInOrder(pool.resending, nowNs);
        }
        link().suspicion.forget(this);
        place.clear();
        engaged = false;
        answer = 0;
    }

    /** The oldest waiting message is too old. Fails, unless what waited does not matter any more. */
    void expire(final long nowNs) {
        if (cookie.isThere() || messages.matter()) {
            user.failed(this, pool.failure(this), nowNs);
        } else {
            messages.dropWaiting();
            move.cancel();
        }
    }

    @Override
    public void failover(final long nowNs) {
        if (closed || !place.isTaken()) {
            return;
        }
        shunned = place.element();
        final ElementLink left = link();
        place.retireStream(nowNs);
        onLinkLost(Failover.Cause.APPLICATION, left.heardNs(), nowNs);
        left.remove(this);
        pool.wanted(nowNs);
        drain(nowNs);
    }

    boolean failingOver() {
        return move.isUnderWay();
    }

    int shunned() {
        return shunned;
    }

    void place(final PoolMember chosen) {
        place.take(chosen);
    }

    private void leave(final long nowNs) {
        place.leave(nowNs);
        engaged = false;
    }

    /** The link it is on, or null. */
    ElementLink link() {
        return place.link();
    }

    boolean closed() {
        return closed;
    }

    /** The application itself closed it, so it wants no more news. */
    boolean abandoned() {
        return abandoned;
    }

    @Override
    public void close(final long nowNs) {
        abandoned = true;
        end(nowNs);
    }

    /** Gives everything back. */
    void end(final long nowNs) {
        if (closed) {
            return;
        }
        closed = true;
        leave(nowNs);
        messages.dropAll();
        cookie.clear();
        move.cancel();
        user.closed(this);
    }

    @Override
    public Object attachment() {
        return attachment;
    }
}
