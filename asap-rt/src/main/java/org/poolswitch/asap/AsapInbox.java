// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.nio.charset.StandardCharsets;
import org.poolswitch.asap.core.LongMap;
import org.poolswitch.runtime.Inbox;
import org.poolswitch.runtime.InboxConfig;
import org.poolswitch.runtime.InboxHandler;
import org.poolswitch.runtime.InboxSlot;
import org.poolswitch.sctp.SendStatus;

/**
 * How threads that are not the stack's own open sessions and send on them: a lock-free ring of preallocated slots, in
 * front of the pool user's own queue. A thread only ever <em>tries</em>: a full ring is the answer "busy", at once. The
 * bytes are copied on the way in; the stack's thread takes them out in {@link #poll}, in the order in which each
 * thread put them in, and while the pool resolves they go on waiting in the pool's bounded queue.
 *
 * <p>The application names its sessions by keys of its own, for example circuits. The first message of a key opens the
 * session; {@link #tryClose} or {@link Listener#onFailed} ends it, and the next message opens another.
 *
 * <p>Methods whose names begin with {@code try} may be called from any thread, all others from the stack's thread only.
 */
public final class AsapInbox {
    private static final int SEND = 1;
    private static final int RELEASE = 2;
    private static final int CLEAR_COOKIE = 3;
    private static final int FAIL_OVER = 4;
    private static final int CLOSE = 5;
    private static final int OPERATION_BITS = 8;

    /** What comes back, on the stack's thread. */
    public interface Listener {
        /** A message from the element in charge of this key's session. */
        void onMessage(long key, int ppid, byte[] buffer, int offset, int length, long nowNs);

        /** The session moved to another element. */
        void onFailover(long key, Failover failover, long nowNs);

        /** The session found no element and is closed. */
        void onFailed(long key, SessionFailure reason, long nowNs);

        /** A message that the ring took was refused by the stack: the queue or the session's retained list is full. */
        void onRefused(long key, SendStatus status, long nowNs);
    }

    /** A key's session and the way back from it. */
    private final class Entry implements PoolSessionListener {
        private final long key;
        private PoolSession session;

        Entry(final long key) {
            this.key = key;
        }

        @Override
        public void onMessage(final PoolSession from, final int ppid, final byte[] buffer, final int offset,
            final int length, final long nowNs) {
            listener.onMessage(key, ppid, buffer, offset, length, nowNs);
        }

        @Override
        public void onFailover(final PoolSession moved, final Failover failover, final long nowNs) {
            listener.onFailover(key, failover, nowNs);
        }

        @Override
        public void onFailed(final PoolSession failed, final SessionFailure reason, final long nowNs) {
            entries.remove(key);
            listener.onFailed(key, reason, nowNs);
        }
    }

    private final Inbox ring;
    private final InboxHandler handler = this::onInput;
    private final PoolUser user;
    private final byte[] poolHandle;
    private final Listener listener;
    private final LongMap<Entry> entries = new LongMap<>();

    /**
     * @param config     slots and octets of a slot: the ring's bounds
     * @param waker      wakes the stack's thread when a burst begins (ShardHost.wake)
     * @param poolHandle the pool that all sessions of this inbox talk to
     */
    public AsapInbox(final InboxConfig config, final Runnable waker, final PoolUser user, final byte[] poolHandle,
        final Listener listener) {
        ring = new Inbox(config, waker);
        this.user = user;
        this.poolHandle = poolHandle.clone();
        this.listener = listener;
    }

    /**
     * Sends in a key's session. Any thread.
     *
     * @param flags as in {@link PoolSession#send}
     * @return false if the ring is full: answer "busy"
     */
    public boolean trySend(final long key, final int ppid, final byte[] data, final int offset, final int length,
        final int flags) {
        return ring.tryPublish(SEND | flags << OPERATION_BITS, key, ppid, data, offset, length);
    }

    /** {@link PoolSession#releaseRetained}. Any thread. @return false if the ring is full */
    public boolean tryRelease(final long key, final int count) {
        return ring.tryPublish(RELEASE | count << OPERATION_BITS, key, 0, null, 0, 0);
    }

    /** {@link PoolSession#clearCookie}. Any thread. @return false if the ring is full */
    public boolean tryClearCookie(final long key) {
        return ring.tryPublish(CLEAR_COOKIE, key, 0, null, 0, 0);
    }

    /** {@link PoolSession#failover}. Any thread. @return false if the ring is full */
    public boolean tryFailover(final long key) {
        return ring.tryPublish(FAIL_OVER, key, 0, null, 0, 0);
    }

    /** {@link PoolSession#close}. Any thread. @return false if the ring is full */
    public boolean tryClose(final long key) {
        return ring.tryPublish(CLOSE, key, 0, null, 0, 0);
    }

    /**
     * Takes up to {@code limit} inputs out of the ring; for {@code NodeMachine.pollInbox}.
     *
     * @return how many
     */
    public int poll(final int limit, final long nowNs) {
        return ring.poll(handler, limit, nowNs);
    }

    /** Keys with an open session. */
    public int sessions() {
        return entries.size();
    }

    private void onInput(final InboxSlot slot, final long nowNs) {
        final long key = slot.key();
        final int argument = slot.type() >>> OPERATION_BITS;
        final int operation = slot.type() & (1 << OPERATION_BITS) - 1;
        if (operation == SEND) {
            send(key, (int) slot.intendedNs(), slot, argument, nowNs);
            return;
        }
        final Entry entry = entries.get(key);
        if (entry == null) {
            return;
        }
        switch (operation) {
            // the thread may not know yet that a failover or failure came between: never more than there are
            case RELEASE -> entry.session.releaseRetained(Math.min(argument, entry.session.retained()));
            case CLEAR_COOKIE -> entry.session.clearCookie();
            case FAIL_OVER -> entry.session.failover(nowNs);
            case CLOSE -> {
                entries.remove(key);
                entry.session.close(nowNs);
            }
            default -> throw new IllegalStateException("operation " + operation);
        }
    }

    private void send(final long key, final int ppid, final InboxSlot slot, final int flags, final long nowNs) {
        Entry entry = entries.get(key);
        if (entry == null) {
            entry = new Entry(key);
            entry.session = user.open(poolHandle, entry, entry, nowNs);
            if (entry.session == null) {
                listener.onRefused(key, SendStatus.FULL, nowNs);
                return;
            }
            entries.put(key, entry);
        }
        final SendStatus status = entry.session.send(ppid, slot.data(), 0, slot.length(), flags, nowNs);
        if (status != SendStatus.ACCEPTED) {
            listener.onRefused(key, status, nowNs);
        }
    }

    @Override
    public String toString() {
        return "inbox of pool " + new String(poolHandle, StandardCharsets.ISO_8859_1) + " with " + entries.size()
            + " sessions";
    }
}
