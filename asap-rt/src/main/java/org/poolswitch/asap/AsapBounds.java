// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import org.poolswitch.sctp.Setting;

/**
 * The limits of everything that grows in the stack.
 *
 * @param queueMessages    messages of one pool that wait for an element
 * @param queueOctets      octets of those
 * @param queueAgeNs       how long a new message waits; then its session fails, for a caller wants an answer
 * @param failoverAgeNs    how long a conversation that lost its element waits for another one; longer, for it is a call
 * @param sessions         open sessions of the pool user
 * @param pools            pools the user remembers
 * @param elementsPerPool  elements remembered of one pool; the registrar's answer is cut there
 * @param retainedMessages messages retained in one session
 * @param retainedOctets   octets of those
 * @param cookieOctets     longest cookie kept or sent
 * @param associations     associations with elements
 * @param preconnect       elements of one pool that are connected before they are needed, so that failover needs no
 *                         handshake; 0 switches that off
 * @param streams          streams used of one association, and so sessions on it; 1 gives each session an association
 *                         of its own, with all on stream 0, as elements want it that take the two for one
 * @param users            associations that users may hold with our element
 * @param heldMessages     messages to one user held while we are fenced
 * @param heldOctets       octets of those
 * @param messageOctets    longest message of a session
 * @param registrars       registrars remembered, configured and announced together
 * @param huntAtOnce       registrars tried at once in a hunt (RFC 5352 section 3.6: 3)
 * @param registrations    pools that our element is in
 * @param errorsPerSecond  ERROR sent over one association, for messages and parameters that are not known; 0 = no limit
 * @param errorsBurst      how many of those at once
 */
public record AsapBounds(
    @Setting("Queue.Messages") int queueMessages,
    @Setting("Queue.Octets") int queueOctets,
    @Setting("Queue.Age") long queueAgeNs,
    @Setting("Failover.Age") long failoverAgeNs,
    @Setting("Sessions.Max") int sessions,
    @Setting("Pools.Max") int pools,
    @Setting("Pool.Elements.Max") int elementsPerPool,
    @Setting("Retained.Messages") int retainedMessages,
    @Setting("Retained.Octets") int retainedOctets,
    @Setting("Cookie.Max") int cookieOctets,
    @Setting("Element.Associations.Max") int associations,
    @Setting("Preconnect") int preconnect,
    @Setting("Session.Streams") int streams,
    @Setting("Users.Max") int users,
    @Setting("Held.Messages") int heldMessages,
    @Setting("Held.Octets") int heldOctets,
    @Setting("Session.Message.Max") int messageOctets,
    @Setting("Registrars.Max") int registrars,
    @Setting("Hunt.At.Once") int huntAtOnce,
    @Setting("Registrations.Max") int registrations,
    @Setting("Errors.Per.Second") int errorsPerSecond,
    @Setting("Errors.Burst") int errorsBurst) {

    public AsapBounds {
        atLeastOne(queueMessages, "queueMessages");
        atLeastOne(queueOctets, "queueOctets");
        atLeastOne(sessions, "sessions");
        atLeastOne(pools, "pools");
        atLeastOne(elementsPerPool, "elementsPerPool");
        atLeastOne(retainedMessages, "retainedMessages");
        atLeastOne(retainedOctets, "retainedOctets");
        atLeastOne(cookieOctets, "cookieOctets");
        atLeastOne(associations, "associations");
        atLeastOne(users, "users");
        atLeastOne(heldMessages, "heldMessages");
        atLeastOne(heldOctets, "heldOctets");
        atLeastOne(messageOctets, "messageOctets");
        atLeastOne(registrars, "registrars");
        atLeastOne(huntAtOnce, "huntAtOnce");
        atLeastOne(registrations, "registrations");
        atLeastOne(errorsBurst, "errorsBurst");
        if (preconnect < 0) {
            throw new IllegalArgumentException("preconnect is a number of elements, or 0 for none: " + preconnect);
        }
        if (errorsPerSecond < 0) {
            throw new IllegalArgumentException("errorsPerSecond is 0 (no limit) or more: " + errorsPerSecond);
        }
        if (streams < 1 || streams > 65535) {
            throw new IllegalArgumentException("streams is 2 to 65535, because stream 0 carries no session; or 1 for "
                + "one session an association: " + streams);
        }
        if (queueAgeNs <= 0 || failoverAgeNs < queueAgeNs) {
            throw new IllegalArgumentException("queueAge must be longer than 0, and a conversation must not wait "
                + "shorter than a new message");
        }
        if (cookieOctets > 60_000) {
            throw new IllegalArgumentException("a cookie must fit one ASAP message: " + cookieOctets);
        }
    }

    private static void atLeastOne(final int value, final String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is at least 1: " + value);
        }
    }

    /** Enough for ten thousands of circuits on one node, some tens of megabytes at the worst. */
    public static AsapBounds standard() {
        return new AsapBounds(8192, 4 << 20, 4_000_000_000L, 10_000_000_000L, 65_536, 256, 128, 16, 16_384, 2048,
            1024, 16, 4096, 4096, 1024, 1 << 20, 60_000, 64, 3, 64, 10, 50);
    }

    /** The same with settings changed: {@code Queue.Messages=40,...}. */
    public AsapBounds with(final String settings) {
        return AsapSettings.BOUNDS.apply(this, settings);
    }

    /** The same with other ages: of a new message, and of a conversation that lost its element. */
    public AsapBounds withAges(final long queueNs, final long failoverNs) {
        return with("Queue.Age=" + queueNs / 1000 + "us,Failover.Age=" + failoverNs / 1000 + "us");
    }

    /** The same with another queue of messages that wait for an element. */
    public AsapBounds withQueue(final int messages, final int octets) {
        return with("Queue.Messages=" + messages + ",Queue.Octets=" + octets);
    }

    /** The same with another limit of retained messages. */
    public AsapBounds withRetained(final int messages, final int octets) {
        return with("Retained.Messages=" + messages + ",Retained.Octets=" + octets);
    }

    /** The same with another number of sessions, and of streams per association. */
    public AsapBounds withSessions(final int count, final int perAssociation) {
        return with("Sessions.Max=" + count + ",Session.Streams=" + perAssociation);
    }

    /** The same with another number of elements connected in advance. */
    public AsapBounds withPreconnect(final int elements) {
        return with("Preconnect=" + elements);
    }
}
