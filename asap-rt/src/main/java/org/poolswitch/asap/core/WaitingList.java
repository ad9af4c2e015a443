// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.runtime.Machine;

/** Messages of one pool that wait, oldest first, so that one look tells whether any is too old. */
final class WaitingList {
    private final long ageNs;
    private StoredMessage head;
    private StoredMessage tail;
    private int messages;
    private int octets;

    WaitingList(final long ageNs) {
        this.ageNs = ageNs;
    }

    int messages() {
        return messages;
    }

    int octets() {
        return octets;
    }

    StoredMessage head() {
        return head;
    }

    /** When the oldest is too old. */
    long deadlineNs() {
        return head == null ? Machine.NO_DEADLINE : head.sinceNs + ageNs;
    }

    void append(final StoredMessage m, final long nowNs) {
        if (m.list != null) {
            throw new IllegalStateException("a message waits twice");
        }
        m.list = this;
        m.sinceNs = nowNs;
        m.before = tail;
        m.after = null;
        if (tail == null) {
            head = m;
        } else {
            tail.after = m;
        }
        tail = m;
        messages++;
        octets += m.length;
    }

    void remove(final StoredMessage m) {
        if (m.list != this) {
            throw new IllegalStateException("a message is not where it says");
        }
        if (m.before == null) {
            head = m.after;
        } else {
            m.before.after = m.after;
        }
        if (m.after == null) {
            tail = m.before;
        } else {
            m.after.before = m.before;
        }
        m.list = null;
        m.before = null;
        m.after = null;
        messages--;
        octets -= m.length;
    }
}
