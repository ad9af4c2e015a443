// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

/**
 * A copy of one message of a session: retained until the application has proof that it was processed, waiting until an
 * element can take it, or both. It sits in up to three lists by its own links, so that neither costs an allocation.
 */
final class StoredMessage {
    /** A place in a session's queue where the newest cookie is echoed; it has no octets of its own. */
    static final int MARK_PPID = -1;

    byte[] bytes;
    int length;
    int ppid;
    int flags;
    PoolSessionImpl session;

    /** Next in the session's list of retained messages. */
    StoredMessage nextRetained;
    boolean retained;
    /** Next in the session's queue of messages to send. */
    StoredMessage nextWaiting;
    boolean waiting;
    /** Never handed to any association. */
    boolean fresh;
    /** Was handed to a lost association: goes before new traffic. */
    boolean resend;
    /** Found among the messages that the transport handed back; used during one failover only. */
    boolean matched;
    /** The application released it before it could be sent again. */
    boolean cancelled;

    /** The pool's list in which its age is watched, and its neighbours there. */
    WaitingList list;
    StoredMessage before;
    StoredMessage after;
    long sinceNs;

    boolean isMark() {
        return ppid == MARK_PPID;
    }

    boolean sameAs(final int otherPpid, final byte[] other) {
        if (ppid != otherPpid || length != other.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] != other[i]) {
                return false;
            }
        }
        return true;
    }

    /** FNV-1a of payload identifier and octets. */
    static long hash(final int ppid, final byte[] bytes, final int length) {
        long h = 0xcbf29ce484222325L ^ ppid;
        for (int i = 0; i < length; i++) {
            h = (h ^ (bytes[i] & 0xff)) * 0x100000001b3L;
        }
        return h;
    }
}
