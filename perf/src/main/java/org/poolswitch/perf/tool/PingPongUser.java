// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapNode;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/**
 * A pool user that pings a pool in one session, at a fixed pace, and keeps each ping until its pong is there: whoever
 * takes over gets the ones that the lost element did not answer.
 */
final class PingPongUser extends AsapNode implements PoolSessionListener {
    /** What is told of the session while it goes on. */
    interface Observer {
        void onPong(int element, long number, long reply, long nowNs);

        void onFailover(Failover failover, long nowNs);

        void onFailed(SessionFailure reason, long nowNs);
    }

    private final byte[] handle;
    private final long count;
    private final long intervalNs;
    private final long patienceNs;
    private final Observer observer;
    private final Pace pace = new Pace();
    private PoolSession session;
    private long sent;
    private long answered;
    private long refused;
    private long failovers;
    private long replyGaps;
    private long lastNumber;
    private long lastReply;
    private long lastPongNs;
    private long longestGapNs;
    private long nextNs = Machine.NO_DEADLINE;
    private SessionFailure failure;

    /**
     * @param count      pings to send
     * @param patienceNs how long after the last ping its pong may take
     */
    PingPongUser(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final byte[] handle, final long count, final long intervalNs, final long patienceNs,
        final Observer observer) {
        super(config, endpoint, random);
        this.handle = handle.clone();
        this.count = count;
        this.intervalNs = intervalNs;
        this.patienceNs = patienceNs;
        this.observer = observer;
    }

    /** The pace of the pings. */
    private final class Pace implements Machine {
        @Override
        public long nextDeadlineNs() {
            return nextNs;
        }

        @Override
        public void onDeadline(final long nowNs) {
            if (nowNs >= nextNs) {
                onTime(nowNs);
            }
        }
    }

    @Override
    protected Machine machine() {
        return pace;
    }

    @Override
    protected void join(final long nowNs) {
        nextNs = nowNs;
    }

    private void onTime(final long nowNs) {
        if (sent == count || hopeless()) {
            nextNs = Machine.NO_DEADLINE;
            end(nowNs);
            return;
        }
        nextNs += intervalNs;
        ping(nowNs);
        if (sent == count) {
            nextNs = nowNs + patienceNs;
        }
    }

    private void ping(final long nowNs) {
        if (session == null) {
            session = stack().user().open(handle, this, null, nowNs);
        }
        final byte[] ping = PingPong.ping(sent + 1);
        final SendStatus status = session == null ? SendStatus.FULL
            : session.send(PingPong.PPID, ping, 0, ping.length, PoolSession.RETAIN | PoolSession.EXPECT_REPLY, nowNs);
        if (status == SendStatus.ACCEPTED) {
            sent++;
        } else {
            // as many are under way as the session keeps: the same ping is tried again at the next time
            refused++;
        }
    }

    private void end(final long nowNs) {
        if (session != null) {
            session.close(nowNs);
            session = null;
        }
    }

    /** Never was anybody there, so that waiting for more is of no use. */
    private boolean hopeless() {
        return failure != null && answered == 0;
    }

    boolean isOver() {
        return nextNs == Machine.NO_DEADLINE && session == null || answered == count;
    }

    @Override
    public void onMessage(final PoolSession from, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        final ByteBuffer message = ByteBuffer.wrap(buffer, offset, length).slice();
        if (ppid != PingPong.PPID || !PingPong.is(PingPong.PONG, message)) {
            return;
        }
        final long number = PingPong.messageNumber(message);
        final long reply = PingPong.replyNumber(message);
        if (number <= lastNumber || number > sent) {
            return;
        }
        session.releaseRetained((int) Math.min(number - lastNumber, session.retained()));
        answered++;
        replyGaps += lastReply == 0 || reply == lastReply + 1 ? 0 : 1;
        longestGapNs = lastPongNs == 0 ? 0 : Math.max(longestGapNs, nowNs - lastPongNs);
        lastNumber = number;
        lastReply = reply;
        lastPongNs = nowNs;
        observer.onPong(session.element(), number, reply, nowNs);
    }

    @Override
    public void onFailover(final PoolSession moved, final Failover failover, final long nowNs) {
        failovers++;
        observer.onFailover(failover, nowNs);
    }

    @Override
    public void onFailed(final PoolSession failed, final SessionFailure reason, final long nowNs) {
        session = null;
        failure = reason;
        observer.onFailed(reason, nowNs);
    }

    @Override
    public void beginDrain(final long nowNs) {
        nextNs = Machine.NO_DEADLINE;
        end(nowNs);
    }

    @Override
    public boolean isDrained() {
        return true;
    }

    long sent() {
        return sent;
    }

    /** Pings whose pong came. */
    long answered() {
        return answered;
    }

    /** Times that no further ping could be taken because so many were under way. */
    long refused() {
        return refused;
    }

    long failovers() {
        return failovers;
    }

    /** Pongs whose reply number did not follow the one before: the element knew nothing of the session before it. */
    long replyGaps() {
        return replyGaps;
    }

    /** Longest time between two pongs. */
    long longestGapNs() {
        return longestGapNs;
    }

    /** Why the newest session ended without an element, or null. */
    SessionFailure failure() {
        return failure;
    }
}
