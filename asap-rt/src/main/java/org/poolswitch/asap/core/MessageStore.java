// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayDeque;

/** Keeps the copies' buffers for reuse, in a few sizes, so that a call in steady state allocates nothing. */
final class MessageStore {
    private static final byte[] EMPTY = {};
    private static final int[] SIZES = {128, 512, 2048, 8192};
    /** Buffers kept of each size: an ordinary load's worth. What a storm needed beyond that goes to the collector. */
    private static final int KEEP = 1024;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<StoredMessage>[] free = new ArrayDeque[SIZES.length];

    MessageStore() {
        for (int i = 0; i < free.length; i++) {
            free[i] = new ArrayDeque<>();
        }
    }

    StoredMessage copy(final PoolSessionImpl session, final int ppid, final byte[] buffer, final int offset,
        final int length, final int flags) {
        final int size = sizeClass(length);
        StoredMessage m = size < SIZES.length ? free[size].pollLast() : null;
        if (m == null) {
            m = new StoredMessage();
            m.bytes = new byte[size < SIZES.length ? SIZES[size] : length];
        }
        System.arraycopy(buffer, offset, m.bytes, 0, length);
        return fill(m, session, ppid, length, flags);
    }

    /** Takes over octets that are ours already. */
    StoredMessage adopt(final PoolSessionImpl session, final int ppid, final byte[] bytes) {
        final StoredMessage m = new StoredMessage();
        m.bytes = bytes;
        return fill(m, session, ppid, bytes.length, 0);
    }

    StoredMessage mark(final PoolSessionImpl session) {
        return adopt(session, StoredMessage.MARK_PPID, EMPTY);
    }

    private static StoredMessage fill(final StoredMessage m, final PoolSessionImpl session, final int ppid,
        final int length, final int flags) {
        m.session = session;
        m.ppid = ppid;
        m.length = length;
        m.flags = flags;
        return m;
    }

    /** Gives back what is in no list any more. */
    void release(final StoredMessage m) {
        if (m.retained || m.waiting || m.list != null) {
            throw new IllegalStateException("a message is given back that is still in use");
        }
        m.session = null;
        m.fresh = false;
        m.resend = false;
        m.matched = false;
        m.cancelled = false;
        final int size = sizeClass(m.bytes.length);
        if (size < SIZES.length && m.bytes.length == SIZES[size] && free[size].size() < KEEP) {
            free[size].addLast(m);
        }
    }

    private static int sizeClass(final int length) {
        int i = 0;
        while (i < SIZES.length && length > SIZES[i]) {
            i++;
        }
        return i;
    }
}
