// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

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
 */
public record AsapBounds(int queueMessages, int queueOctets, long queueAgeNs, long failoverAgeNs, int sessions,
    int pools, int elementsPerPool, int retainedMessages, int retainedOctets, int cookieOctets, int associations,
    int preconnect, int streams, int users, int heldMessages, int heldOctets, int messageOctets) {

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
        if (preconnect < 0) {
            throw new IllegalArgumentException("preconnect is a number of elements, or 0 for none: " + preconnect);
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
            1024, 16, 4096, 4096, 1024, 1 << 20, 60_000);
    }

    /** The same with other ages: of a new message, and of a conversation that lost its element. */
    public AsapBounds withAges(final long queueNs, final long failoverNs) {
        return new AsapBounds(queueMessages, queueOctets, queueNs, failoverNs, sessions, pools, elementsPerPool,
            retainedMessages, retainedOctets, cookieOctets, associations, preconnect, streams, users, heldMessages,
            heldOctets, messageOctets);
    }

    /** The same with another queue of messages that wait for an element. */
    public AsapBounds withQueue(final int messages, final int octets) {
        return new AsapBounds(messages, octets, queueAgeNs, failoverAgeNs, sessions, pools, elementsPerPool,
            retainedMessages, retainedOctets, cookieOctets, associations, preconnect, streams, users, heldMessages,
            heldOctets, messageOctets);
    }

    /** The same with another limit of retained messages. */
    public AsapBounds withRetained(final int messages, final int octets) {
        return new AsapBounds(queueMessages, queueOctets, queueAgeNs, failoverAgeNs, sessions, pools, elementsPerPool,
            messages, octets, cookieOctets, associations, preconnect, streams, users, heldMessages, heldOctets,
            messageOctets);
    }

    /** The same with another number of sessions, and of streams per association. */
    public AsapBounds withSessions(final int count, final int perAssociation) {
        return new AsapBounds(queueMessages, queueOctets, queueAgeNs, failoverAgeNs, count, pools, elementsPerPool,
            retainedMessages, retainedOctets, cookieOctets, associations, preconnect, perAssociation, users,
            heldMessages, heldOctets, messageOctets);
    }

    /** The same with another number of elements connected in advance. */
    public AsapBounds withPreconnect(final int elements) {
        return new AsapBounds(queueMessages, queueOctets, queueAgeNs, failoverAgeNs, sessions, pools, elementsPerPool,
            retainedMessages, retainedOctets, cookieOctets, associations, elements, streams, users, heldMessages,
            heldOctets, messageOctets);
    }
}
