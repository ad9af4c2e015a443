// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.util.ArrayDeque;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.isup.IsupType;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.sctp.SendStatus;

/** A circuit's way to the pool: its session while there is one, and what the session retains for a successor. */
final class PoolPath {
    private PoolSession session;
    /** Types of the messages that the session retains, oldest first. */
    private final ArrayDeque<IsupType> retained = new ArrayDeque<>();

    boolean isOpen() {
        return session != null;
    }

    /** PE identifier of the controller in charge, or 0. */
    int element() {
        return session.element();
    }

    /** @param opened the session, or null if there can be none */
    void open(final PoolSession opened) {
        session = opened;
    }

    boolean isRetaining() {
        return !retained.isEmpty();
    }

    boolean isRetaining(final IsupType type) {
        return retained.contains(type);
    }

    /** Sends an encoded M3UA message. @param flags of {@link PoolSession#send} */
    SendStatus send(final IsupType type, final byte[] m3ua, final int length, final int flags, final long nowNs) {
        if (session == null) {
            return SendStatus.FULL;
        }
        final SendStatus status = session.send(M3ua.PPID, m3ua, 0, length, flags, nowNs);
        if (status == SendStatus.ACCEPTED && (flags & PoolSession.RETAIN) != 0) {
            retained.add(type);
        }
        return status;
    }

    /** The oldest message of this type was acted on, and so was what went before it. */
    void releaseUpTo(final IsupType last) {
        if (isRetaining(last)) {
            int count = 0;
            IsupType type;
            do {
                type = retained.poll();
                count++;
            } while (type != last);
            session.releaseRetained(count);
        }
    }

    /** Everything was acted on. */
    void releaseAll() {
        session.releaseRetained(retained.size());
        retained.clear();
    }

    /** The session has failed. */
    void forget() {
        session = null;
        retained.clear();
    }

    /** The next call's session is a new one: the pool's policy chooses again, and an element that drains runs dry. */
    void close(final long nowNs) {
        if (session != null) {
            session.close(nowNs);
        }
        forget();
    }
}
