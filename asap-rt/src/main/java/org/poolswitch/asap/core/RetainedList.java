// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.sctp.UndeliveredMessage;

/** A session's retained messages, oldest first, and a short memory of those just released. */
final class RetainedList {
    /** Power of two. More than a call ever releases before its transport acknowledges them. */
    private static final int REMEMBERED = 8;

    private StoredMessage head;
    private StoredMessage tail;
    private int count;
    private int octets;
    private long[] released;
    private int releasedCount;

    int count() {
        return count;
    }

    int octets() {
        return octets;
    }

    StoredMessage head() {
        return head;
    }

    void add(final StoredMessage m) {
        m.retained = true;
        m.nextRetained = null;
        if (tail == null) {
            head = m;
        } else {
            tail.nextRetained = m;
        }
        tail = m;
        count++;
        octets += m.length;
    }

    /** Takes the oldest out. */
    StoredMessage poll() {
        final StoredMessage m = head;
        head = m.nextRetained;
        if (head == null) {
            tail = null;
        }
        m.nextRetained = null;
        m.retained = false;
        count--;
        octets -= m.length;
        return m;
    }

    /**
     * Remembers that this one was processed. The transport may still hand it back as unacknowledged; sent again as if
     * it were new, it would begin a second call.
     */
    void remember(final StoredMessage m) {
        if (released == null) {
            released = new long[REMEMBERED];
        }
        released[releasedCount++ & REMEMBERED - 1] = StoredMessage.hash(m.ppid, m.bytes, m.length);
    }

    /** A new association knows nothing of the old one's messages. */
    void forgetReleased() {
        releasedCount = 0;
    }

    /** Whether a message that the transport handed back is one of these, or of those just released. */
    boolean covers(final UndeliveredMessage u) {
        final byte[] payload = u.payload();
        for (StoredMessage m = head; m != null; m = m.nextRetained) {
            if (!m.fresh && !m.matched && m.sameAs(u.ppid(), payload)) {
                m.matched = true;
                return true;
            }
        }
        if (releasedCount == 0) {
            return false;
        }
        final long hash = StoredMessage.hash(u.ppid(), payload, payload.length);
        for (int i = 0; i < Math.min(releasedCount, REMEMBERED); i++) {
            if (released[i] == hash) {
                return true;
            }
        }
        return false;
    }
}
