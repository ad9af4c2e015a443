// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

/** What a session has to send and cannot send yet, in sending order. */
final class SessionQueue {
    private StoredMessage head;
    private StoredMessage tail;
    private int resends;

    boolean isEmpty() {
        return head == null;
    }

    /** Messages among these that were already sent once, to an element that is lost. */
    int resends() {
        return resends;
    }

    /** Whether any octets wait that the application still wants sent. */
    boolean matters() {
        for (StoredMessage m = head; m != null; m = m.nextWaiting) {
            if (!m.isMark() && !m.cancelled) {
                return true;
            }
        }
        return false;
    }

    StoredMessage peek() {
        return head;
    }

    void add(final StoredMessage m) {
        m.waiting = true;
        m.nextWaiting = null;
        if (tail == null) {
            head = m;
        } else {
            tail.nextWaiting = m;
        }
        tail = m;
        if (m.resend) {
            resends++;
        }
    }

    /** Takes the first out, and out of the list where its age is watched. */
    StoredMessage poll() {
        final StoredMessage m = head;
        head = m.nextWaiting;
        if (head == null) {
            tail = null;
        }
        m.nextWaiting = null;
        m.waiting = false;
        if (m.resend) {
            resends--;
        }
        if (m.list != null) {
            m.list.remove(m);
        }
        return m;
    }
}
