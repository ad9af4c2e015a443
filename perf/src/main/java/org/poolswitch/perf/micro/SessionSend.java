// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.micro;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.sctp.SendStatus;

/** What a pool session adds to a send over an association: both end in the same endpoint, which only copies octets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SessionSend implements PoolSessionListener {
    private static final int PPID = 3;
    private static final int OCTETS = 128;

    private final StandInEndpoint endpoint = new StandInEndpoint();
    private final byte[] message = new byte[OCTETS];
    private PoolSession session;
    private int association;
    private long nowNs = 1_000_000_000L;

    /** A session that is resolved, its element connected. */
    @Setup
    public void setUp() {
        final AsapStack stack = new AsapStack(AsapConfig.carrier(List.of(StandInEndpoint.REGISTRAR), null, 9899),
            endpoint, new SplittableRandom(1));
        stack.start(nowNs);
        session = stack.user().open(StandInEndpoint.POOL.octets(), 0, this, null, nowNs);
        session.send(PPID, message, 0, OCTETS, 0, nowNs);
        for (int i = 0; i < 20; i++) {
            endpoint.play(stack, nowNs);
            nowNs += 1_000_000L;
            stack.onDeadline(nowNs);
        }
        association = endpoint.newest();
        final long before = endpoint.sent();
        if (session.element() == 0 || session.send(PPID, message, 0, OCTETS, 0, nowNs) != SendStatus.ACCEPTED
            || endpoint.sent() != before + 1) {
            throw new IllegalStateException("the session is not connected");
        }
    }

    /** Straight over the association. */
    @Benchmark
    public SendStatus association() {
        return endpoint.send(association, 1, PPID, false, message, 0, OCTETS, nowNs);
    }

    /** Through the session. */
    @Benchmark
    public SendStatus session() {
        return session.send(PPID, message, 0, OCTETS, 0, nowNs);
    }

    /** Through the session, kept for a failover and released by an answer. */
    @Benchmark
    public SendStatus retained() {
        final SendStatus status = session.send(PPID, message, 0, OCTETS, PoolSession.RETAIN, nowNs);
        session.releaseRetained(1);
        return status;
    }

    @Override
    public void onMessage(final PoolSession from, final int ppid, final byte[] buffer, final int offset,
        final int length, final long now) {
        // nobody answers
    }

    @Override
    public void onFailover(final PoolSession moved, final Failover failover, final long now) {
        throw new IllegalStateException("the session moved");
    }

    @Override
    public void onFailed(final PoolSession failed, final SessionFailure reason, final long now) {
        throw new IllegalStateException("the session failed: " + reason);
    }
}
