// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import org.poolswitch.sctp.SendStatus;

/**
 * A pool user's conversation with one element of a pool at a time (RFC 5352 section 5, "session").
 *
 * <p>A session owns one stream of the association to its element, in both directions, so that data, COOKIE,
 * COOKIE_ECHO and BUSINESS_CARD of many sessions share an association and stay told apart. It keeps the newest cookie
 * and a bounded list of retained messages. When its element is lost it moves to an alternate: COOKIE_ECHO first, then
 * the retained messages in order, then new traffic.
 */
public interface PoolSession {
    /** Keeps the message until {@link #releaseRetained}: it is sent again, in order, after a failover. */
    int RETAIN = 1;
    /** Some message or cookie must come back soon; if it is late, the element becomes suspect and is probed. */
    int EXPECT_REPLY = 2;
    /**
     * Must not reach the element later than others may speak for us: what the transport could not deliver within {@link
     * AsapSuspicion#perishAfterNs} is given up (RFC 3758), and {@link PoolSessionListener#onExpired} asks what now.
     * So a node that was paused does not repeat, when it goes on, what somebody else has done in its place.
     */
    int PERISHABLE = 4;

    /** The pool. */
    byte[] poolHandle();

    /** PE identifier of the element now in charge, or 0 while the pool resolves. */
    int element();

    /**
     * Sends to the element, or queues while the pool resolves or the association comes up.
     *
     * @param flags {@link #RETAIN}, {@link #EXPECT_REPLY}, {@link #PERISHABLE}, or 0
     * @return FULL if the pool's queue or this session's retained list has reached its limit: the caller answers its
     *     own user with congestion, never waits
     */
    SendStatus send(int ppid, byte[] buffer, int offset, int length, int flags, long nowNs);

    /** The application has proof that the oldest {@code count} retained messages were processed. */
    void releaseRetained(int count);

    /** How many messages are retained now. */
    int retained();

    /** Sends what is retained to the same element again, after {@link PoolSessionListener#onExpired}. */
    void repeat(long nowNs);

    /** True if the element has sent a cookie in this session. */
    boolean hasCookie();

    /** Forgets the cookie: the conversation it described is over, the session stays open for the next. */
    void clearCookie();

    /** The application itself found the element dead or useless: fail over now. */
    void failover(long nowNs);

    /** Ends the session and gives its stream back. Nothing is sent. */
    void close(long nowNs);

    /** What the application attached at {@link PoolUser#open}. */
    Object attachment();
}
