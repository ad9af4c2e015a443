// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.Failover;
import org.poolswitch.runtime.Deadlines;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;

/**
 * The association with one element's address, shared by all sessions with it, whatever pools it serves. It outlives its
 * associations: when one is lost, the link waits and may be connected again.
 */
final class ElementLink implements Deadlines.Entry {
    private enum State { IDLE, CONNECTING, UP, LEAVING }

    private static final int[] NO_CARD = {};

    final SctpAddress address;
    /** The same element as member of this pool and others. */
    final List<PoolMember> members = new ArrayList<>(1);
    final List<PoolSessionImpl> sessions = new ArrayList<>();
    final Suspicion suspicion;
    /** {@link LinkDeadlines}' own: when it looks at this link, never later than {@link #nextDeadlineNs}. */
    long dueNs = Machine.NO_DEADLINE;
    private int heapIndex = -1;
    private final AsapPoolUser user;
    private final Backoff backoff;
    private State state = State.IDLE;
    private int association;
    private StreamTable streams;
    private long connectByNs;
    private long retryAtNs;
    private long lastMessageNs = Long.MIN_VALUE;
    private long heardAtGiveUpNs = Long.MIN_VALUE;
    private Failover.Cause cause;
    private int[] card = NO_CARD;
    private boolean blocked;
    private boolean retired;

    ElementLink(final AsapPoolUser user, final SctpAddress address, final long nowNs) {
        this.user = user;
        this.address = address;
        final var timers = user.config.timers();
        suspicion = new Suspicion(user.config.suspicion(), user.endpoint, user.counters, this);
        backoff = new Backoff(timers.retryNs(), timers.retryMaxNs(), user.random);
        retryAtNs = nowNs;
    }

    int association() {
        return association;
    }

    boolean isUp() {
        return state == State.UP;
    }

    boolean isIdle() {
        return state == State.IDLE;
    }

    boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /** Up, but given up or saying goodbye: what comes from it is nobody's any more. */
    boolean isLeaving() {
        return state == State.LEAVING;
    }

    /** A session can be put on it, now or after its handshake. */
    boolean usable(final long nowNs) {
        return switch (state) {
            case IDLE -> nowNs >= retryAtNs;
            case CONNECTING -> true;
            case UP -> streams.hasFree(nowNs);
            case LEAVING -> false;
        };
    }

    long retryAtNs() {
        return retryAtNs;
    }

    StreamTable streams() {
        return streams;
    }

    /** The transport's send queue is full; it will say when it is not. */
    boolean blocked() {
        return blocked;
    }

    void blocked(final boolean full) {
        blocked = full;
    }

    /** Failover order that the element named in its BUSINESS_CARD, PE identifiers. */
    int[] card() {
        return card;
    }

    void card(final int[] elements) {
        card = elements;
    }

    /** A new element registered this address: what failed before says nothing about it. */
    void forgive(final long nowNs) {
        backoff.reset();
        retryAtNs = nowNs;
    }

    /** @return false if it cannot be tried now */
    boolean connect(final long nowNs) {
        if (user.links().open() >= user.config.bounds().associations()) {
            retryAtNs = nowNs + backoff.pauseNs();
            return false;
        }
        final int opened = user.endpoint.connect(address, nowNs);
        if (opened <= 0) {
            retryAtNs = nowNs + backoff.pauseNs();
            return false;
        }
        association = opened;
        state = State.CONNECTING;
        connectByNs = nowNs + user.config.timers().connectTimeoutNs();
        user.links().opened(this);
        touched();
        return true;
    }

    void onUp(final int usableStreams, final long nowNs) {
        streams = new StreamTable(usableStreams, user.config.timers().streamReuseNs());
        state = State.UP;
        lastMessageNs = nowNs;
        backoff.reset();
        touched();
    }

    /** Something was changed that {@link #nextDeadlineNs} depends on. */
    void touched() {
        user.links().touched(this);
    }

    void onMessage(final long nowNs) {
        lastMessageNs = nowNs;
        suspicion.onHeard(nowNs);
    }

    /** The transport will not take more: its end is on the way. */
    void leave(final Failover.Cause why) {
        if (state == State.UP) {
            state = State.LEAVING;
            cause = why;
        }
    }

    /** Ends the association because the element is silent or its handshake too slow. */
    void giveUp(final Failover.Cause why, final long nowNs) {
        heardAtGiveUpNs = heardNs();
        state = State.LEAVING;
        cause = why;
        user.endpoint.abort(association, nowNs);
    }

    /** Nobody needs it any more. */
    void retire(final long nowNs) {
        state = State.LEAVING;
        cause = null;
        retired = true;
        user.endpoint.shutdown(association, nowNs);
    }

    /** We ended the association because nobody needed it: that says nothing about the element. */
    boolean isRetired() {
        return retired;
    }

    /** The association is gone. */
    void onDown(final long nowNs) {
        state = State.IDLE;
        association = 0;
        streams = null;
        cause = null;
        card = NO_CARD;
        blocked = false;
        retired = false;
        suspicion.reset();
        retryAtNs = nowNs + backoff.pauseNs();
    }

    /** Why we gave it up ourselves, or null. */
    Failover.Cause cause() {
        return cause;
    }

    /** When the element was last heard, as far as anybody knows. */
    long heardNs() {
        final long transport = association == 0 ? Long.MIN_VALUE : user.endpoint.lastHeardNs(association);
        return Math.max(Math.max(transport, lastMessageNs), heardAtGiveUpNs);
    }

    /** Whether the transport cannot tell when it heard the peer, and so cannot probe either. */
    boolean blind() {
        return user.endpoint.lastHeardNs(association) == Long.MIN_VALUE;
    }

    long nextDeadlineNs() {
        return switch (state) {
            case CONNECTING -> connectByNs;
            case UP -> suspicion.nextDeadlineNs();
            case IDLE, LEAVING -> Machine.NO_DEADLINE;
        };
    }

    void onDeadline(final long nowNs) {
        if (state == State.CONNECTING && nowNs >= connectByNs) {
            giveUp(Failover.Cause.UNREACHABLE, nowNs);
        } else if (state == State.UP && suspicion.onDeadline(nowNs)) {
            user.counters.increment(AsapCounter.SILENT_DEATHS);
            giveUp(Failover.Cause.SILENT, nowNs);
        }
    }

    void add(final PoolSessionImpl session) {
        session.linkIndex = sessions.size();
        sessions.add(session);
        if (sessions.size() == 1) {
            // an idle element is probed only while sessions are on it
            touched();
        }
    }

    void remove(final PoolSessionImpl session) {
        final int last = sessions.size() - 1;
        final PoolSessionImpl moved = sessions.get(last);
        sessions.set(session.linkIndex, moved);
        moved.linkIndex = session.linkIndex;
        sessions.remove(last);
    }

    @Override
    public long dueNs() {
        return dueNs;
    }

    @Override
    public int heapIndex() {
        return heapIndex;
    }

    @Override
    public void heapIndex(final int index) {
        heapIndex = index;
    }
}
