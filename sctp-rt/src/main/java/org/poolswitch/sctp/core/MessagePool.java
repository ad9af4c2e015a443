// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/**
 * Messages and chunks that are used again, one pool for all associations of an endpoint: sending allocates nothing in
 * the steady state, and an idle association holds no buffers. Buffers come in powers of two.
 */
final class MessagePool {
    private static final int LEAST_SHIFT = 7;
    private static final int CLASSES = 32 - LEAST_SHIFT;
    /** Octets of free buffers kept per size. 1 MiB: some thousand messages of the usual size. */
    private static final int KEPT_OCTETS = 1 << 20;
    private static final int KEPT_CHUNKS = 16_384;

    private final OutMessage[] free = new OutMessage[CLASSES];
    private final int[] kept = new int[CLASSES];
    private OutChunk freeChunk;
    private int keptChunks;
    private int messagesOut;
    private int chunksOut;

    /** Messages in use. */
    int messagesOut() {
        return messagesOut;
    }

    /** Chunks in use. */
    int chunksOut() {
        return chunksOut;
    }

    OutMessage message(final int length) {
        final int sizeClass = Math.max(0, 32 - Integer.numberOfLeadingZeros(length - 1) - LEAST_SHIFT);
        messagesOut++;
        final OutMessage message = free[sizeClass];
        if (message == null) {
            return new OutMessage(sizeClass, 1 << LEAST_SHIFT + sizeClass);
        }
        free[sizeClass] = message.next;
        kept[sizeClass]--;
        return message;
    }

    void release(final OutMessage message) {
        messagesOut--;
        final int c = message.sizeClass;
        if ((long) kept[c] << LEAST_SHIFT + c < KEPT_OCTETS) {
            kept[c]++;
            message.next = free[c];
            free[c] = message;
        }
    }

    OutChunk chunk() {
        chunksOut++;
        final OutChunk chunk = freeChunk;
        if (chunk == null) {
            return new OutChunk();
        }
        freeChunk = chunk.next;
        keptChunks--;
        chunk.next = null;
        return chunk;
    }

    void release(final OutChunk chunk) {
        chunksOut--;
        chunk.message = null;
        chunk.path = null;
        if (keptChunks < KEPT_CHUNKS) {
            keptChunks++;
            chunk.next = freeChunk;
            freeChunk = chunk;
        }
    }
}
