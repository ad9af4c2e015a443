// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapObserver;
import org.poolswitch.asap.ElementObserver;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.PoolUser;
import org.poolswitch.asap.ResolutionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** The pool user: its pools, its links to elements, and the move of every session off a link that is lost. */
public final class AsapPoolUser implements PoolUser, Machine {
    final AsapConfig config;
    final SctpEndpoint endpoint;
    final RandomGenerator random;
    final Counters counters;
    final RegistrarLink registrar;
    final ControlWriter control;
    final MessageStore store = new MessageStore();
    private final Notifications notifications = new Notifications();
    private final PoolDirectory pools;
    private final ElementLinks links;
    private final ElementLoss loss;
    private ElementObserver observer = ElementObserver.NONE;
    private AsapObserver operator = AsapObserver.NONE;
    private int sessions;

    public AsapPoolUser(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final Counters counters, final RegistrarLink registrar, final ControlWriter control) {
        this.config = config;
        this.endpoint = endpoint;
        this.random = random;
        this.counters = counters;
        this.registrar = registrar;
        this.control = control;
        links = new ElementLinks(this);
        loss = new ElementLoss(this, links);
        pools = new PoolDirectory(this, links);
    }

    /** The pools, and what the registrar says about them. */
    public PoolDirectory pools() {
        return pools;
    }

    @Override
    public PoolSession open(final byte[] poolHandle, final int preferredElement, final PoolSessionListener listener,
        final Object attachment, final long nowNs) {
        if (poolHandle.length < 1 || poolHandle.length > PoolHandle.LONGEST) {
            throw new IllegalArgumentException("a pool handle has 1 to " + PoolHandle.LONGEST + " octets: "
                + poolHandle.length);
        }
        if (sessions >= config.bounds().sessions()) {
            counters.increment(AsapCounter.REFUSED);
            return null;
        }
        final PoolState pool = pools.pool(poolHandle, nowNs);
        if (pool == null) {
            counters.increment(AsapCounter.REFUSED);
            return null;
        }
        sessions++;
        pool.sessions++;
        return new PoolSessionImpl(this, pool, preferredElement, listener, attachment);
    }

    @Override
    public boolean resolve(final byte[] poolHandle, final ResolutionListener listener, final long nowNs) {
        if (poolHandle.length < 1 || poolHandle.length > PoolHandle.LONGEST) {
            throw new IllegalArgumentException("a pool handle has 1 to " + PoolHandle.LONGEST + " octets: "
                + poolHandle.length);
        }
        return pools.resolve(poolHandle, listener, nowNs);
    }

    AsapObserver observer() {
        return operator;
    }

    /** Who hears what is wrong with pools. */
    public void observer(final AsapObserver newObserver) {
        operator = newObserver;
    }

    @Override
    public void observe(final ElementObserver newObserver) {
        observer = newObserver;
    }

    @Override
    public SendStatus sendAside(final int association, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        final ElementLink link = links.of(association);
        return link == null || !link.isUp() ? SendStatus.CLOSED
            : endpoint.send(association, 0, ppid, false, buffer, offset, length, nowNs);
    }

    public int sessions() {
        return sessions;
    }

    /** Associations with elements that are up. */
    public int associationsUp() {
        return links.up();
    }

    ElementLinks links() {
        return links;
    }

    void closed(final PoolSessionImpl session) {
        sessions--;
        session.pool.sessions--;
    }

    void moved(final PoolSessionImpl session, final Failover failover, final long nowNs) {
        counters.increment(AsapCounter.FAILOVERS);
        notifications.moved(session, failover, nowNs);
    }

    void failed(final PoolSessionImpl session, final SessionFailure reason, final long nowNs) {
        counters.increment(AsapCounter.SESSIONS_FAILED);
        session.end(nowNs);
        notifications.failed(session, reason, nowNs);
    }

    /** Puts a session on a member's link. @return false if none can be had now; the pool looks again later */
    boolean attach(final PoolSessionImpl session, final long nowNs) {
        final PoolState pool = session.pool;
        if (!pool.resolution.isAnswered(session, nowNs)) {
            return false;
        }
        while (!pool.members.isEmpty()) {
            final PoolMember m = pool.choice.choose(session, pool.members, config.bounds().preconnect() > 0, nowNs);
            if (m == null) {
                break;
            }
            // a connect that is refused moves the link's next try, so that it is not chosen again now
            if (!m.link.isIdle() || m.link.connect(nowNs)) {
                session.place(m);
                return true;
            }
        }
        pool.lookAgain(nowNs);
        return false;
    }

    // ---- associations with elements

    public boolean owns(final int association) {
        return links.of(association) != null;
    }

    public void onAssociationUp(final int association, final int streams, final long nowNs) {
        final ElementLink link = links.of(association);
        if (link.isLeaving()) {
            return;
        }
        link.onUp(Math.min(streams, config.bounds().streams()), nowNs);
        for (int i = 0; i < link.members.size(); i++) {
            link.members.get(i).pardon();
        }
        for (int i = 0; i < link.members.size(); i++) {
            final PoolMember m = link.members.get(i);
            observer.onElementUp(association, m.id, m.pool.handle(), nowNs);
        }
        WaitingSessions.drain(link, nowNs);
    }

    /** Whatever came: the element lives. @return false if it is deposed, so that nothing of it counts any more */
    public boolean heard(final int association, final long nowNs) {
        final ElementLink link = links.of(association);
        if (link.isLeaving() && link.cause() != Failover.Cause.SHUTDOWN) {
            counters.increment(AsapCounter.DEPOSED);
            return false;
        }
        link.onMessage(nowNs);
        return true;
    }

    public void onData(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        final PoolSessionImpl session = session(association, stream);
        if (session != null) {
            session.onData(ppid, buffer, offset, length, nowNs);
        } else if (stream == 0) {
            observer.onElementMessage(association, ppid, buffer, offset, length, nowNs);
        } else {
            counters.increment(AsapCounter.DEPOSED);
        }
    }

    /** The transport gave up a message of the session on this stream. */
    public void onAbandoned(final int association, final int stream, final long nowNs) {
        final PoolSessionImpl session = session(association, stream);
        if (session != null) {
            counters.increment(AsapCounter.EXPIRED);
            session.onExpired(nowNs);
        }
    }

    public void onCookie(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        final PoolSessionImpl session = session(association, stream);
        if (session == null) {
            counters.increment(AsapCounter.DEPOSED);
        } else if (length < 1 || length > config.bounds().cookieOctets()) {
            counters.increment(AsapCounter.REFUSED);
        } else {
            counters.increment(AsapCounter.COOKIES);
            session.onCookie(buffer, offset, length, nowNs);
        }
    }

    /** BUSINESS_CARD: whom the element wants to be replaced by, in this order. */
    public void onBusinessCard(final int association, final int[] elements) {
        links.of(association).card(elements);
    }

    private PoolSessionImpl session(final int association, final int stream) {
        final ElementLink link = links.of(association);
        return link.streams() == null ? null : link.streams().owner(stream);
    }

    public void onSuspect(final int association, final boolean suspect, final long nowNs) {
        final ElementLink link = links.of(association);
        if (link.isUp()) {
            link.suspicion.onTransport(suspect, nowNs);
        }
    }

    public void onSendable(final int association, final long nowNs) {
        final ElementLink link = links.of(association);
        link.blocked(false);
        WaitingSessions.drain(link, nowNs);
    }

    /** An association ended: every session on it that has something at stake goes elsewhere, at once. */
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        final ElementLink link = links.remove(association);
        final boolean wasUp = link.streams() != null;
        loss.onDown(link, cause, undelivered, nowNs);
        if (wasUp) {
            observer.onElementDown(association, nowNs);
        }
    }

    // ---- time

    /** We were paused ourselves: nobody is suspect for what we did not hear meanwhile. */
    public void onClockJump(final long nowNs) {
        links.onClockJump(nowNs);
    }

    /** Tells the sessions' listeners what has happened. The hub calls it when an input is worked off. */
    public void deliver(final long nowNs) {
        notifications.deliver(nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(notifications.nextDeadlineNs(), Math.min(pools.nextDeadlineNs(), links.nextDeadlineNs()));
    }

    @Override
    public void onDeadline(final long nowNs) {
        pools.onDeadline(nowNs);
        links.onDeadline(nowNs);
    }
}
