// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.poolswitch.asap.ElementObserver;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.PoolUser;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.sctp.SendStatus;

/** A pool user whose pools are the test: the newest session with each pool, and the last message in it. */
final class FakePools implements PoolUser {
    /** One session. */
    static final class Session implements PoolSession {
        /** PE identifier that was asked for, or 0. */
        final int preferred;
        /** PE identifier of who answers. */
        int element;
        int repeats;
        private final PoolSessionListener listener;
        private final byte[] handle;
        private int retained;
        byte[] last = {};
        int messages;
        boolean closed;

        Session(final PoolSessionListener listener, final byte[] handle, final int preferred, final int element) {
            this.listener = listener;
            this.handle = handle;
            this.preferred = preferred;
            this.element = element;
        }

        /** The element answers. */
        void say(final int ppid, final byte[] message) {
            say(ppid, message, 0);
        }

        void say(final int ppid, final byte[] message, final long nowNs) {
            listener.onMessage(this, ppid, message, 0, message.length, nowNs);
        }

        /** There is no element any more. */
        void fail() {
            closed = true;
            listener.onFailed(this, SessionFailure.NO_ELEMENT, 0);
        }

        @Override
        public byte[] poolHandle() {
            return handle;
        }

        @Override
        public int element() {
            return element;
        }

        @Override
        public SendStatus send(final int ppid, final byte[] buffer, final int offset, final int length,
            final int flags, final long nowNs) {
            last = Arrays.copyOfRange(buffer, offset, offset + length);
            messages++;
            retained += (flags & RETAIN) != 0 ? 1 : 0;
            return SendStatus.ACCEPTED;
        }

        @Override
        public void releaseRetained(final int count) {
            retained -= count;
        }

        @Override
        public int retained() {
            return retained;
        }

        @Override
        public void repeat(final long nowNs) {
            repeats++;
        }

        @Override
        public boolean hasCookie() {
            return false;
        }

        @Override
        public void clearCookie() {
        }

        @Override
        public void failover(final long nowNs) {
        }

        @Override
        public void close(final long nowNs) {
            closed = true;
        }

        @Override
        public Object attachment() {
            return null;
        }
    }

    /** Who hears of associations with elements. */
    ElementObserver observer = ElementObserver.NONE;
    /** PE identifier of whoever gets the next sessions. */
    int element = 5;
    /** The last message sent beside all sessions. */
    byte[] aside;
    private final Map<String, Session> sessions = new HashMap<>();

    Session with(final String pool) {
        return sessions.get(pool);
    }

    @Override
    public void observe(final ElementObserver newObserver) {
        observer = newObserver;
    }

    @Override
    public SendStatus sendAside(final int association, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        aside = Arrays.copyOfRange(buffer, offset, offset + length);
        return SendStatus.ACCEPTED;
    }

    @Override
    public PoolSession open(final byte[] poolHandle, final int preferredElement, final PoolSessionListener listener,
        final Object attachment, final long nowNs) {
        final Session session = new Session(listener, poolHandle, preferredElement, element);
        sessions.put(new String(poolHandle, StandardCharsets.US_ASCII), session);
        return session;
    }
}
