// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapNode;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpEndpoint;

/** A pool element without a purpose of its own: is there, and answers pings or echoes. */
final class StandIn extends AsapNode implements ElementListener {
    /** What it does with what users send. */
    enum Service { NONE, ECHO, PING_PONG }

    private final byte[] handle;
    private final PolicyParameter policy;
    private final Service service;
    /** Where users go; null = to this node. */
    private final TransportParameter transport;
    private final PoolElement element;
    /** Next reply number of each session: association and stream. */
    private final Map<Long, Long> replies = new HashMap<>();
    private long answered;
    private long takenOver;

    StandIn(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random, final byte[] handle,
        final PolicyParameter policy, final Service service, final TransportParameter transport) {
        super(config, endpoint, random);
        this.handle = handle.clone();
        this.policy = policy;
        this.service = service;
        this.transport = transport;
        this.element = stack().element(this);
    }

    int identifier() {
        return element.identifier();
    }

    /** Messages of users that were answered. */
    long answered() {
        return answered;
    }

    /** Sessions that began with another element's cookie. */
    long takenOver() {
        return takenOver;
    }

    @Override
    protected Machine machine() {
        return Machine.IDLE;
    }

    @Override
    protected void join(final long nowNs) {
        element.register(handle, policy, transport, nowNs);
    }

    private static long session(final int association, final int stream) {
        return (long) association << 32 | stream;
    }

    @Override
    public void onUserMessage(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        if (service == Service.ECHO) {
            element.sendToUser(association, stream, ppid, buffer, offset, length, nowNs);
            answered++;
            return;
        }
        final ByteBuffer message = ByteBuffer.wrap(buffer, offset, length).slice();
        if (service == Service.PING_PONG && ppid == PingPong.PPID && PingPong.is(PingPong.PING, message)) {
            final long reply = replies.getOrDefault(session(association, stream), 1L);
            final byte[] pong = PingPong.pong(message, reply);
            element.sendToUser(association, stream, ppid, pong, 0, pong.length, nowNs);
            replies.put(session(association, stream), reply + 1);
            element.sendCookie(association, stream, PingPong.cookie(reply + 1), 0, PingPong.COOKIE_OCTETS, nowNs);
            answered++;
        }
    }

    @Override
    public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        final long next = PingPong.nextReply(ByteBuffer.wrap(buffer, offset, length).slice());
        if (service == Service.PING_PONG && next >= 0) {
            replies.put(session(association, stream), next);
            takenOver++;
        }
    }

    @Override
    public void onUserUp(final int association, final long nowNs) {
    }

    @Override
    public void onUserDown(final int association, final long nowNs) {
        replies.keySet().removeIf(session -> session >> 32 == association);
    }

    @Override
    public void beginDrain(final long nowNs) {
        element.deregister(nowNs);
    }

    @Override
    public boolean isDrained() {
        return element.isDeregistered();
    }
}
