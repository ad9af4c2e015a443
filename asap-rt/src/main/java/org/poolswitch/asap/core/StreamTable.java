// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.Arrays;

/**
 * Which session owns which stream of one association. A stream that was given back rests before it is used again:
 * late messages of its old session must meet nobody, in either direction. Stream 0 belongs to no session, unless it is
 * the only stream: then one session has the whole association, as RFC 5352 alone would have it.
 */
final class StreamTable {
    static final int NONE = -1;

    private final int limit;
    private final long restNs;
    private PoolSessionImpl[] owners = new PoolSessionImpl[16];
    private int next;
    // ring of resting streams, the longest rested first
    private int[] resting = new int[16];
    private long[] restingSinceNs = new long[16];
    private int restingHead;
    private int restingCount;

    /** @param limit streams 1 to limit - 1 are for sessions; 1: stream 0 is for the only one */
    StreamTable(final int limit, final long restNs) {
        this.limit = limit;
        this.next = limit == 1 ? 0 : 1;
        this.restNs = restNs;
    }

    /** One session has the whole association: when it goes, so must the association. */
    boolean isExclusive() {
        return limit == 1;
    }

    boolean hasFree(final long nowNs) {
        return next < limit || rested(nowNs);
    }

    private boolean rested(final long nowNs) {
        return restingCount > 0 && nowNs - restingSinceNs[restingHead] >= restNs;
    }

    /** @return the stream, or {@link #NONE} */
    int allocate(final PoolSessionImpl owner, final long nowNs) {
        final int stream;
        if (rested(nowNs)) {
            stream = takeResting();
        } else if (next < limit) {
            stream = next++;
        } else {
            return NONE;
        }
        if (stream >= owners.length) {
            owners = Arrays.copyOf(owners, Math.max(stream + 1, owners.length * 2));
        }
        owners[stream] = owner;
        return stream;
    }

    PoolSessionImpl owner(final int stream) {
        return stream >= 0 && stream < owners.length ? owners[stream] : null;
    }

    void free(final int stream, final long nowNs) {
        if (owners[stream] == null) {
            throw new IllegalStateException("stream " + stream + " is given back twice");
        }
        owners[stream] = null;
        if (restingCount == resting.length) {
            growResting();
        }
        final int i = (restingHead + restingCount) % resting.length;
        resting[i] = stream;
        restingSinceNs[i] = nowNs;
        restingCount++;
    }

    /**
     * Its session went elsewhere but the element does not know, and may speak on it as long as the association lives:
     * nobody gets it any more.
     */
    void retire(final int stream) {
        owners[stream] = null;
    }

    private int takeResting() {
        final int stream = resting[restingHead];
        restingHead = (restingHead + 1) % resting.length;
        restingCount--;
        return stream;
    }

    private void growResting() {
        final int[] streams = new int[resting.length * 2];
        final long[] since = new long[resting.length * 2];
        for (int i = 0; i < restingCount; i++) {
            streams[i] = resting[(restingHead + i) % resting.length];
            since[i] = restingSinceNs[(restingHead + i) % resting.length];
        }
        resting = streams;
        restingSinceNs = since;
        restingHead = 0;
    }
}
