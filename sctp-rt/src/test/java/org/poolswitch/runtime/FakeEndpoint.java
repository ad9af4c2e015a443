// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sim.UnwiredEndpoint;

/** An endpoint that only writes down what the shard does with it. */
class FakeEndpoint extends UnwiredEndpoint {
    final List<String> log;
    final Deque<Integer> events = new ArrayDeque<>();
    long deadlineNs = NO_DEADLINE;
    long deadlineAfterFiringNs = NO_DEADLINE;

    FakeEndpoint(final List<String> log) {
        this.log = log;
    }

    @Override
    public SctpAddress localAddress() {
        return SctpAddress.of(InetAddress.getLoopbackAddress(), 1, 0);
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        return CONNECT_FULL;
    }

    @Override
    public SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        return SendStatus.CLOSED;
    }

    @Override
    public void probe(final int association, final long nowNs) {
        log.add("probe");
    }

    @Override
    public void shutdown(final int association, final long nowNs) {
        log.add("shutdown");
    }

    @Override
    public void abort(final int association, final long nowNs) {
        log.add("abort");
    }

    @Override
    public int poll(final SctpListener listener, final int limit, final long nowNs) {
        int n = 0;
        for (; n < limit && !events.isEmpty(); n++) {
            listener.onSendable(events.poll(), nowNs);
        }
        return n;
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        log.add("endpoint jump " + pausedNs);
    }

    @Override
    public void flush(final long nowNs) {
        log.add("flush");
    }

    @Override
    public void close(final long nowNs) {
        log.add("close");
    }

    @Override
    public long nextDeadlineNs() {
        return deadlineNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        log.add("endpoint deadline");
        deadlineNs = deadlineAfterFiringNs;
    }
}
