// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
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
    private final SessionOutput output;
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
        this.output = new SessionOutput(this, place, messages, cookie, move);
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
        return closed ? SendStatus.CLOSED : output.send(ppid, buffer, offset, length, flags, nowNs);
    }

    @Override
    public void repeat(final long nowNs) {
        output.repeat(nowNs);
    }

    /** Sends what waits, as far as it goes. */
    void drain(final long nowNs) {
        output.drain(nowNs);
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

    /** The transport handed this back; the link's end is being worked on. */
    void onReturned(final UndeliveredMessage u) {
        messages.onReturned(u);
    }

    /** Its association is gone. Afterwards it is on no link, and what must go elsewhere waits in order. */
    void onLinkLost(final Failover.Cause cause, final long heardNs, final long nowNs) {
        final boolean atStake = move.isUnderWay() || cookie.isThere() || expecting || messages.atStake();
        move.onLost(expecting ? expectSinceNs : 0);
        // an association that never took anything changed nothing: what waits for another one goes on getting older
        if (output.isEngaged() && atStake) {
            move.begin(place.element(), cause, heardNs, nowNs);
            messages.putInOrder(pool.resending, nowNs);
        }
        link().suspicion.forget(this);
        place.clear();
        output.disengage();
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
        place.leave(nowNs);
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
