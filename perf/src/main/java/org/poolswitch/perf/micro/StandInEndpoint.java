// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.micro;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sim.UnwiredEndpoint;

/** An endpoint without a network, with a registrar behind it that knows one pool with one element. */
final class StandInEndpoint extends UnwiredEndpoint {
    static final PoolHandle POOL = PoolHandle.of("bench");
    static final SctpAddress REGISTRAR = SctpAddress.of(host(1), 3863, 9899);
    private static final int PPID_ASAP = 11;

    private final byte[] out = new byte[64 * 1024];
    private final List<SctpAddress> connected = new ArrayList<>();
    private final List<Integer> questions = new ArrayList<>();
    private int up;
    private int at;
    private long sent;

    private static InetAddress host(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    /** Associations that were opened come up, questions are answered. */
    void play(final SctpListener listener, final long nowNs) {
        while (up < connected.size()) {
            listener.onAssociationUp(up + 1, connected.get(up), false, 1024, 1024, nowNs);
            up++;
        }
        while (!questions.isEmpty()) {
            final ParameterWriter answer = new ParameterWriter(512).message(AsapType.HANDLE_RESOLUTION_RESPONSE, 0);
            POOL.write(answer);
            final PolicyParameter policy = PolicyParameter.of(PolicyType.ROUND_ROBIN);
            policy.write(answer);
            new PoolElementParameter(7, 1, 60_000, TransportParameter.sctp(2905, TransportParameter.DATA_PLUS_CONTROL,
                List.of(host(2))).octets(), policy.value()).write(answer);
            final int length = answer.finish();
            listener.onMessage(questions.remove(0), 0, PPID_ASAP, false, answer.buffer(), 0, length, nowNs);
        }
    }

    /** Identifier of the association opened last. */
    int newest() {
        return connected.size();
    }

    /** Messages sent. */
    long sent() {
        return sent;
    }

    @Override
    public SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (ppid == PPID_ASAP && buffer[offset] == AsapType.HANDLE_RESOLUTION) {
            questions.add(association);
        }
        if (at + length > out.length) {
            at = 0;
        }
        System.arraycopy(buffer, offset, out, at, length);
        at += length;
        sent++;
        return SendStatus.ACCEPTED;
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        connected.add(remote);
        return connected.size();
    }

    @Override
    public SctpAddress localAddress() {
        return SctpAddress.of(host(3), 2905, 9899);
    }
}
