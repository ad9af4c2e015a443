// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/** Where a session is: a member of its pool, the link to that one, and, as soon as the link is up, a stream of it. */
final class SessionPlace {
    private final PoolSessionImpl session;
    private final SctpEndpoint endpoint;
    private PoolMember member;
    private ElementLink link;
    private int stream = StreamTable.NONE;

    SessionPlace(final PoolSessionImpl session, final SctpEndpoint endpoint) {
        this.session = session;
        this.endpoint = endpoint;
    }

    boolean isTaken() {
        return link != null;
    }

    /** The link, or null. */
    ElementLink link() {
        return link;
    }

    /** PE identifier of the member, or 0. */
    int element() {
        return member == null ? 0 : member.id;
    }

    /** Whether the element takes COOKIE_ECHO. */
    boolean hasControlChannel() {
        return member.control;
    }

    void take(final PoolMember chosen) {
        member = chosen;
        link = chosen.link;
        link.add(session);
    }

    boolean hasStream() {
        return stream != StreamTable.NONE;
    }

    /** Takes a stream. @return false if the association has none left */
    boolean takeStream(final long nowNs) {
        stream = link.streams().allocate(session, nowNs);
        return hasStream();
    }

    SendStatus send(final int ppid, final byte[] buffer, final int offset, final int length, final long lifetimeNs,
        final long nowNs) {
        return endpoint.send(link.association(), stream, ppid, false, lifetimeNs, buffer, offset, length, nowNs);
    }

    SendStatus echo(final SessionCookie cookie, final ControlWriter control, final long nowNs) {
        return cookie.echo(control, link.association(), stream, nowNs);
    }

    /** Leaves an association that lives on; the stream may be used again. */
    void leave(final long nowNs) {
        if (isTaken()) {
            link.suspicion.forget(session);
            if (hasStream()) {
                link.streams().free(stream, nowNs);
                endExclusive(nowNs);
            }
            link.remove(session);
            clear();
        }
    }

    /** The element does not know that the session goes elsewhere, and may still speak on the stream. */
    void retireStream(final long nowNs) {
        if (hasStream() && link.streams() != null) {
            link.streams().retire(stream);
            endExclusive(nowNs);
        }
    }

    /** An element that takes session and association for one must not meet another session on it. */
    private void endExclusive(final long nowNs) {
        if (link.streams().isExclusive()) {
            link.retire(nowNs);
        }
    }

    /** The link has no place for the session any more. */
    void clear() {
        member = null;
        link = null;
        stream = StreamTable.NONE;
    }
}
