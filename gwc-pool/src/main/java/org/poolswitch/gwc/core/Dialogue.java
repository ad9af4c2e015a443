// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SendStatus;

/**
 * A call's conversation with a pool, of gatekeepers or of media gateways: one session, opened with the first request
 * and closed when nothing is held there any more.
 */
abstract class Dialogue implements PoolSessionListener {
    /** Perishable: a controller that was paused must not ask, when it goes on, on behalf of calls that others have. */
    private static final int REQUEST = PoolSession.RETAIN | PoolSession.EXPECT_REPLY | PoolSession.PERISHABLE;

    private final String peer;
    private final int ppid;
    private final int lossCause;
    private Call call;
    private PoolSession session;

    /**
     * @param peer      the pool's name for observers
     * @param ppid      payload protocol identifier of its messages
     * @param lossCause Q.850 cause if no element can be had
     */
    Dialogue(final Call call, final String peer, final int ppid, final int lossCause) {
        this.call = call;
        this.peer = peer;
        this.ppid = ppid;
        this.lossCause = lossCause;
    }

    final Call call() {
        return call;
    }

    final CallServices services() {
        return call.services;
    }

    /** From now on it is that call's. */
    final void giveTo(final Call other) {
        call = other;
    }

    /** PE identifier of the element in charge, or 0. */
    final int sessionElement() {
        return session == null ? 0 : session.element();
    }

    final boolean isOpen() {
        return session != null;
    }

    /** Handle of the pool. */
    abstract byte[] pool();

    /** PE identifier of the element that is asked if the pool has it, or 0. */
    int preferredElement() {
        return 0;
    }

    /** Decodes a message. @return what is to be done about it, as soon as the call may be spoken for */
    abstract Runnable read(byte[] buffer, int offset, int length) throws MalformedException;

    /** No element can be had, or none that takes more. @param cause Q.850 value that says so */
    abstract void lost(int cause);

    /** Sends what must be answered, and sent again after a failover until it is. */
    final void request(final byte[] message, final int length) {
        if (session == null) {
            session = services().user().open(pool(), preferredElement(), this, null, call.nowNs());
        }
        if (!send(message, length, REQUEST)) {
            services().later(call, () -> lost(CauseIndicators.SWITCHING_CONGESTION));
        }
    }

    /** Sends what nobody answers. */
    final void tell(final byte[] message, final int length) {
        send(message, length, 0);
    }

    private boolean send(final byte[] message, final int length, final int flags) {
        return session != null
            && session.send(ppid, message, 0, length, flags, call.nowNs()) == SendStatus.ACCEPTED;
    }

    /** What was asked is not sent again: it was answered, or somebody else may speak for the call. */
    final void stopRepeating() {
        if (session != null) {
            session.releaseRetained(session.retained());
        }
    }

    /** Nothing is held any more, or somebody else speaks for the call. */
    void end() {
        if (session != null) {
            session.close(call.nowNs());
            session = null;
        }
    }

    @Override
    public final void onMessage(final PoolSession from, final int protocol, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        if (protocol != ppid) {
            services().count(GwcCounter.UNEXPECTED);
            return;
        }
        try {
            services().input(call, nowNs, read(buffer, offset, length));
        } catch (final MalformedException e) {
            services().count(GwcCounter.MALFORMED);
        }
    }

    @Override
    public final void onExpired(final PoolSession from, final long nowNs) {
        // behind the fence: after a pause of ours the caller's side decides first whether we may still speak
        services().input(call, nowNs, () -> {
            if (from == session) {
                session.repeat(call.nowNs());
            }
        });
    }

    @Override
    public final void onFailover(final PoolSession from, final Failover failover, final long nowNs) {
        // the stack has sent the cookie and what waits for an answer; there is nothing to add
    }

    @Override
    public final void onRecovered(final PoolSession from, final Failover failover, final long pendingSinceNs,
        final long nowNs) {
        services().recovered(call, peer, failover, pendingSinceNs, nowNs);
    }

    @Override
    public final void onFailed(final PoolSession from, final SessionFailure reason, final long nowNs) {
        session = null;
        services().input(call, nowNs, () -> lost(lossCause));
    }
}
