// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayDeque;
import java.util.List;
import org.poolswitch.asap.ResolutionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.runtime.Machine;

/** Who waits for one answer about a pool without a session; the oldest first. */
final class PendingResolutions {
    private record Waiting(ResolutionListener listener, long untilNs) {
    }

    private final byte[] handle;
    private final int limit;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(0);

    PendingResolutions(final byte[] handle, final int limit) {
        this.handle = handle;
        this.limit = limit;
    }

    /** @return false if too many wait already */
    boolean add(final ResolutionListener listener, final long untilNs) {
        if (waiting.size() >= limit) {
            return false;
        }
        waiting.addLast(new Waiting(listener, untilNs));
        return true;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void answer(final PolicyParameter policy, final List<PoolElementParameter> elements, final long nowNs) {
        // those who ask from inside the answer wait for the next one
        for (int n = waiting.size(); n > 0; n--) {
            waiting.removeFirst().listener.onResolved(handle.clone(), policy, elements, nowNs);
        }
    }

    void fail(final SessionFailure reason, final long nowNs) {
        for (int n = waiting.size(); n > 0; n--) {
            waiting.removeFirst().listener.onUnresolved(handle.clone(), reason, nowNs);
        }
    }

    long nextDeadlineNs() {
        return waiting.isEmpty() ? Machine.NO_DEADLINE : waiting.peekFirst().untilNs;
    }

    void onDeadline(final long nowNs) {
        while (!waiting.isEmpty() && nowNs >= waiting.peekFirst().untilNs) {
            waiting.removeFirst().listener.onUnresolved(handle.clone(), SessionFailure.NO_REGISTRAR, nowNs);
        }
    }
}
