// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How threads that are no shard hand inputs to one: a Disruptor ring of preallocated slots. Any thread publishes; only
 * the shard's thread polls. A producer never waits: a full ring is an answer ("busy").
 */
public final class Inbox {
    private final RingBuffer<InboxSlot> ring;
    private final Sequence consumed = new Sequence();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final Runnable waker;
    private final int slotOctets;

    /** @param waker called from producers' threads when the first input of a burst is there, see ShardHost.wake */
    public Inbox(final InboxConfig config, final Runnable waker) {
        slotOctets = config.slotOctets();
        ring = RingBuffer.createMultiProducer(() -> new InboxSlot(slotOctets), config.slots());
        ring.addGatingSequences(consumed);
        this.waker = waker;
    }

    /**
     * Copies one input into the ring. Any thread.
     *
     * @param data bytes, or null with a length of 0
     * @return false if the ring is full: answer "busy"
     */
    public boolean tryPublish(final int type, final long key, final long intendedNs, final byte[] data,
        final int offset, final int length) {
        if (length < 0 || length > slotOctets) {
            throw new IllegalArgumentException(length + " octets do not fit a slot of " + slotOctets);
        }
        final long sequence;
        try {
            sequence = ring.tryNext();
        } catch (final InsufficientCapacityException e) {
            return false;
        }
        try {
            ring.get(sequence).fill(type, key, intendedNs, data, offset, length);
        } finally {
            ring.publish(sequence);
        }
        // getAndSet, not get: it orders this look behind the publication, so either we see that the consumer has
        // cleared the flag, or the consumer sees what we published
        if (!signalled.getAndSet(true)) {
            waker.run();
        }
        return true;
    }

    /**
     * Hands up to {@code limit} inputs to the handler. The shard's thread only.
     *
     * @return how many
     */
    public int poll(final InboxHandler handler, final int limit, final long nowNs) {
        if (signalled.get()) {
            signalled.getAndSet(false);
        }
        long next = consumed.get() + 1;
        int taken = 0;
        try {
            while (taken < limit && ring.isAvailable(next)) {
                taken++;
                handler.onInput(ring.get(next++), nowNs);
            }
        } finally {
            if (taken > 0) {
                consumed.set(next - 1);
            }
        }
        return taken;
    }

    /** The longest input that fits. */
    public int slotOctets() {
        return slotOctets;
    }

    /** Free slots as of now; a hint. */
    public long remaining() {
        return ring.remainingCapacity();
    }
}
