// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** Subscribes to a pool at one registrar and remembers since when it is empty there. */
final class DeathWatch implements NodeMachine, SctpListener, AutoCloseable {
    private static final int ASAP_PORT = 3863;
    private static final int PPID_ASAP = 11;
    private static final long AGAIN_NS = 100_000_000L;
    /** An answer that names nobody: header, handle, error with one cause. */
    private static final int LONGEST_WITHOUT_ELEMENT = 40;

    private final SctpEndpoint endpoint;
    private final SctpAddress registrar;
    private final EventLoopShard shard;
    private final byte[] question;
    private long againNs = NO_DEADLINE;
    private volatile boolean occupied;
    private volatile long emptyNs;

    private DeathWatch(final EventLoopShard shard, final SctpEndpoint endpoint, final SctpAddress registrar,
        final String pool) {
        this.shard = shard;
        this.endpoint = endpoint;
        this.registrar = registrar;
        final ParameterWriter out = new ParameterWriter(128).message(AsapType.HANDLE_RESOLUTION,
            AsapType.FLAG_SUBSCRIBE);
        PoolHandle.of(pool).write(out);
        question = Arrays.copyOf(out.buffer(), out.finish());
    }

    static DeathWatch start(final String host, final String registrar, final String pool) throws Exception {
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "watch");
        final int udp = SctpAddress.DEFAULT_ENCAPSULATION_PORT;
        final SctpEndpoint endpoint = UdpSctpEndpoint.open(shard, UdpConfig.defaults(), SctpConfig.carrier(),
            SctpAddress.of(InetAddress.getByName(host), ASAP_PORT, udp), false, new SecureRandom(), PacketTap.NONE);
        final DeathWatch watch = new DeathWatch(shard, endpoint,
            SctpAddress.of(InetAddress.getByName(registrar), ASAP_PORT, udp), pool);
        shard.start(endpoint, watch);
        return watch;
    }

    /** Whether somebody is in the pool, as far as this registrar knows. */
    boolean isOccupied() {
        return occupied;
    }

    /** When the pool was heard to be empty. */
    long emptyNs() {
        return emptyNs;
    }

    @Override
    public void onStart(final long nowNs) {
        endpoint.connect(registrar, nowNs);
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        endpoint.send(association, 0, PPID_ASAP, false, question, 0, question.length, nowNs);
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (buffer[offset] == AsapType.HANDLE_RESOLUTION_RESPONSE) {
            if (length <= LONGEST_WITHOUT_ELEMENT) {
                emptyNs = System.nanoTime();
            }
            occupied = length > LONGEST_WITHOUT_ELEMENT;
        }
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        // the registrar is not listening yet
        againNs = nowNs + AGAIN_NS;
    }

    @Override
    public long nextDeadlineNs() {
        return againNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        if (againNs <= nowNs) {
            againNs = NO_DEADLINE;
            endpoint.connect(registrar, nowNs);
        }
    }

    @Override
    public SctpListener sctpListener() {
        return this;
    }

    @Override
    public void beginDrain(final long nowNs) {
    }

    @Override
    public boolean isDrained() {
        return true;
    }

    @Override
    public void close() {
        shard.close();
        shard.termination().handle((nothing, error) -> null).join();
    }
}
