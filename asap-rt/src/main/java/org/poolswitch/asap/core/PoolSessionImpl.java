// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.Arrays;
import org.poolswitch.asap.AsapBounds;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** One session: its place (member, link, stream), what it retains, what it has to send, and its newest cookie. */
final class PoolSessionImpl implements PoolSession {
    private static final byte[] NO_COOKIE = {};

    final AsapPoolUser user;
    final PoolState pool;
    final PoolSessionListener listener;
    final int preferred;
    private final Object attachment;

    // where it is
    PoolMember member;
    ElementLink link;
    int linkIndex;
    private int stream = StreamTable.NONE;
    /** The element has been sent something in this session, so it may know of it. */
    private boolean engaged;
    /** PE identifier to keep away from, because the application found it useless; or 0. */
    private int shunned;

    // what it expects; owned by the link's Suspicion
    boolean expecting;
    boolean expectAgain;
    long expectSinceNs;
    int patienceShift;
    PoolSessionImpl expectBefore;
    PoolSessionImpl expectAfter;

    private final RetainedList retained = new RetainedList();
    private SessionQueue waiting = new SessionQueue();
    private SessionQueue returned;
    private byte[] cookie = NO_COOKIE;
    private int cookieLength;
    private FailoverInProgress failover;
    /** The last move, until the new element is heard; and since when somebody waited for the lost one. */
    private Failover unconfirmed;
    private long pendingSinceNs;
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
    }

    @Override
    public byte[] poolHandle() {
        return pool.handle();
    }

    @Override
    public int element() {
        return member == null ? 0 : member.id;
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
        if ((flags & RETAIN) != 0 && (retained.count() >= bounds.retainedMessages()
            || retained.octets() + length > bounds.retainedOctets())) {
            return refused();
        }
        if (waiting.isEmpty() && (link != null || user.attach(this, nowNs)) && onStream(nowNs)) {
            final SendStatus status = user.endpoint.send(link.association(), stream, ppid, false, buffer, offset,
                length, nowNs);
            if (status == SendStatus.ACCEPTED) {
                if ((flags & RETAIN) != 0) {
                    retained.add(user.store.copy(this, ppid, buffer, offset, length, flags));
                }
                sent(flags, nowNs);
                return status;
            }
            if (status != SendStatus.CLOSED) {
                return status == SendStatus.FULL ? refused() : status;
            }
            link.leave(Failover.Cause.SHUTDOWN);
        }
        return enqueue(ppid, buffer, offset, length, flags, nowNs);
    }

    private SendStatus enqueue(final int ppid, final byte[] buffer, final int offset, final int length,
        final int flags, final long nowNs) {
        if (!pool.admits(length)) {
            return refused();
        }
        final StoredMessage m = user.store.copy(this, ppid, buffer, offset, length, flags);
        m.fresh = true;
        waiting.add(m);
        // a call that lost its element is worth more patience than a new one
        (failover == null ? pool.fresh : pool.resending).append(m, nowNs);
        if ((flags & RETAIN) != 0) {
            retained.add(m);
        }
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
            link.suspicion.expect(this, nowNs);
        }
    }

    /** Whether there is a stream to send on now; takes one if the association has just come up. */
    private boolean onStream(final long nowNs) {
        if (!link.isUp()) {
            return false;
        }
        if (stream == StreamTable.NONE) {
            stream = link.streams().allocate(this, nowNs);
            retained.forgetReleased();
        }
        if (stream == StreamTable.NONE) {
            detach(nowNs);
            return user.attach(this, nowNs) && link.isUp() && onStream(nowNs);
        }
        return true;
    }

    /** Sends what waits, as far as it goes. */
    void drain(final long nowNs) {
        while (!waiting.isEmpty() && drainFirst(nowNs)) {
            final StoredMessage m = waiting.poll();
            m.fresh = false;
            m.resend = false;
            m.cancelled = false;
            if (!m.retained) {
                user.store.release(m);
            }
        }
        // the mark is the first of the resends, so none left means that it reached this element
        if (failover != null && member != null && waiting.resends() == 0) {
            unconfirmed = failover.complete(member.id);
            user.moved(this, unconfirmed, nowNs);
            failover = null;
        }
    }

    /** @return true if the first message is done with */
    private boolean drainFirst(final long nowNs) {
        final StoredMessage m = waiting.peek();
        if (m.cancelled) {
            return true;
        }
        if (link == null && !user.attach(this, nowNs) || !onStream(nowNs)) {
            return false;
        }
        final SendStatus status = m.isMark() ? echoCookie(nowNs) : user.endpoint.send(link.association(), stream,
            m.ppid, false, m.bytes, 0, m.length, nowNs);
        switch (status) {
            case ACCEPTED -> {
                count(m);
                sent(m.flags, nowNs);
                return true;
            }
            case CLOSED -> {
                link.leave(Failover.Cause.SHUTDOWN);
                return false;
            }
            case FULL -> {
                link.blocked(true);
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
        if (failover != null && m.resend && !m.isMark()) {
            failover.resent++;
            user.counters.increment(AsapCounter.RESENT);
        }
    }

    /** COOKIE_ECHO goes before everything else (RFC 5352 section 5.5.2). */
    private SendStatus echoCookie(final long nowNs) {
        if (cookieLength == 0) {
            return SendStatus.ACCEPTED;
        }
        final SendStatus status = user.control.sendCookieEcho(link.association(), stream, cookie, cookieLength,
            nowNs);
        if (status == SendStatus.ACCEPTED) {
            failover.hadCookie = true;
            user.counters.increment(AsapCounter.COOKIES_ECHOED);
        }
        return status;
    }

    @Override
    public void releaseRetained(final int count) {
        if (count < 0 || count > retained.count()) {
            throw new IllegalArgumentException("released " + count + " of " + retained.count()
                + " retained messages");
        }
        for (int i = 0; i < count; i++) {
            final StoredMessage m = retained.poll();
            if (m.waiting) {
                m.cancelled = true;
            } else {
                retained.remember(m);
                user.store.release(m);
            }
        }
    }

    @Override
    public int retained() {
        return retained.count();
    }

    @Override
    public boolean hasCookie() {
        return cookieLength > 0;
    }

    @Override
    public void clearCookie() {
        cookieLength = 0;
    }

    /** The newest cookie replaces the older one. */
    void onCookie(final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (cookie.length < length) {
            cookie = Arrays.copyOfRange(buffer, offset, offset + length);
        } else {
            System.arraycopy(buffer, offset, cookie, 0, length);
        }
        cookieLength = length;
        answered(nowNs);
    }

    private void answered(final long nowNs) {
        link.suspicion.answered(this, nowNs);
        if (unconfirmed != null) {
            final Failover confirmed = unconfirmed;
            unconfirmed = null;
            listener.onRecovered(this, confirmed, pendingSinceNs, nowNs);
        }
    }

    void onData(final int ppid, final byte[] buffer, final int offset, final int length, final long nowNs) {
        answered(nowNs);
        listener.onMessage(this, ppid, buffer, offset, length, nowNs);
    }

    /** The transport handed this back; the link's end is being worked on. */
    void onReturned(final UndeliveredMessage u) {
        if (retained.covers(u)) {
            return;
        }
        if (returned == null) {
            returned = new SessionQueue();
        }
        final StoredMessage m = user.store.adopt(this, u.ppid(), u.payload());
        m.resend = true;
        returned.add(m);
    }

    /** Its association is gone. Afterwards it is on no link, and what must go elsewhere waits in order. */
    void onLinkLost(final Failover.Cause cause, final long heardNs, final long nowNs) {
        final boolean touched = engaged;
        final boolean live = cookieLength > 0 || retained.count() > 0 || returned != null || expecting
            || !waiting.isEmpty();
        final int from = member.id;
        if (failover == null && unconfirmed == null) {
            pendingSinceNs = expecting ? expectSinceNs : 0;
        }
        unconfirmed = null;
        link.suspicion.forget(this);
        unplace();
        // an association that never took anything changed nothing: what waits for another one goes on getting older
        if (touched && failover != null) {
            failover.restart();
            rebuild(nowNs);
        } else if (touched && live) {
            failover = new FailoverInProgress(from, cause, heardNs, nowNs);
            rebuild(nowNs);
        }
    }

    /** Cookie echo, retained messages, handed-back ones, then what never was sent. */
    private void rebuild(final long nowNs) {
        final SessionQueue old = waiting;
        waiting = new SessionQueue();
        final StoredMessage mark = user.store.mark(this);
        resend(mark, nowNs);
        for (StoredMessage m = retained.head(); m != null; m = m.nextRetained) {
            m.matched = false;
            if (!m.waiting) {
                resend(m, nowNs);
            }
        }
        while (returned != null && !returned.isEmpty()) {
            resend(returned.poll(), nowNs);
        }
        returned = null;
        while (!old.isEmpty()) {
            final StoredMessage m = old.poll();
            if (m.isMark() || m.cancelled) {
                m.cancelled = false;
                user.store.release(m);
            } else {
                waiting.add(m);
                pool.resending.append(m, nowNs);
            }
        }
    }

    private void resend(final StoredMessage m, final long nowNs) {
        m.resend = true;
        waiting.add(m);
        pool.resending.append(m, nowNs);
    }

    /** The oldest waiting message is too old. Fails, unless what waited does not matter any more. */
    void expire(final long nowNs) {
        final boolean matters = cookieLength > 0 || retained.count() > 0 || waiting.matters();
        if (matters) {
            user.failed(this, pool.failure(this), nowNs);
        } else {
            dropWaiting();
            failover = null;
        }
    }

    private void dropWaiting() {
        while (!waiting.isEmpty()) {
            final StoredMessage m = waiting.poll();
            if (!m.retained) {
                user.store.release(m);
            }
        }
    }

    @Override
    public void failover(final long nowNs) {
        if (closed || link == null) {
            return;
        }
        shunned = member.id;
        final long heardNs = link.heardNs();
        final ElementLink left = link;
        if (stream != StreamTable.NONE && left.streams() != null) {
            left.streams().retire(stream);
        }
        onLinkLost(Failover.Cause.APPLICATION, heardNs, nowNs);
        left.remove(this);
        pool.wanted(nowNs);
        drain(nowNs);
    }

    boolean failingOver() {
        return failover != null;
    }

    int shunned() {
        return shunned;
    }

    void place(final PoolMember chosen) {
        member = chosen;
        link = chosen.link;
        link.add(this);
    }

    /** Leaves an association that lives on. */
    private void detach(final long nowNs) {
        if (link != null) {
            link.suspicion.forget(this);
            freeStream(nowNs);
            link.remove(this);
            unplace();
        }
    }

    private void freeStream(final long nowNs) {
        if (stream != StreamTable.NONE) {
            link.streams().free(stream, nowNs);
            stream = StreamTable.NONE;
        }
    }

    private void unplace() {
        member = null;
        link = null;
        stream = StreamTable.NONE;
        engaged = false;
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
        detach(nowNs);
        dropWaiting();
        while (retained.count() > 0) {
            user.store.release(retained.poll());
        }
        cookieLength = 0;
        failover = null;
        user.closed(this);
    }

    @Override
    public Object attachment() {
        return attachment;
    }
}
