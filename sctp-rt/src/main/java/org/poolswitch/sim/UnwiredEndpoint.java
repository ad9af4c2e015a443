// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;

/**
 * An endpoint without a network: nobody is heard on it, and it has no events and no timers. What a stand-in does with
 * connections and messages is its own.
 */
public abstract class UnwiredEndpoint implements SctpEndpoint {
    /** {@inheritDoc} A stand-in has no ports: as without one. */
    @Override
    public int connect(final SctpAddress remote, final int localPort, final long nowNs) {
        return connect(remote, nowNs);
    }

    @Override
    public void probe(final int association, final long nowNs) {
    }

    @Override
    public void shutdown(final int association, final long nowNs) {
    }

    @Override
    public void abort(final int association, final long nowNs) {
    }

    @Override
    public long lastHeardNs(final int association) {
        return Long.MIN_VALUE;
    }

    @Override
    public long smoothedRttNs(final int association) {
        return -1;
    }

    @Override
    public int poll(final SctpListener listener, final int limit, final long nowNs) {
        return 0;
    }

    @Override
    public void flush(final long nowNs) {
    }

    @Override
    public void close(final long nowNs) {
    }

    @Override
    public long nextDeadlineNs() {
        return NO_DEADLINE;
    }

    @Override
    public void onDeadline(final long nowNs) {
    }
}
