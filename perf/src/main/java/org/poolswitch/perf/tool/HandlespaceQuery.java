// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.enrp.wire.HandleTableRequest;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * Downloads a registrar's whole handlespace (HANDLE_TABLE_REQUEST, RFC 5353 section 3.2.3), once or again and again.
 *
 * <p>It asks as a server that nobody knows yet, as RFC 5353 section 3.2 has a new server ask its mentor; a registrar
 * that follows it answers, and nothing else changes there. RSPLIB's answers only those in its peer list; to such a one
 * we say who we are with PRESENCE and ask again. It forgets us 10 s after we have gone, without a takeover because we
 * own no element.
 */
final class HandlespaceQuery extends RegistrarQuery {
    private static final int REPLY_REQUIRED = 0x01;
    private static final int REJECTED = 0x01;
    private static final int MORE = 0x02;
    /** A checksum over no elements (RFC 5354 section 3.15). */
    private static final int OWNS_NOTHING = 0xffff;
    /** How often a page is asked for again of a registrar that is not ready to serve it. */
    private static final int MOST_REFUSALS = 3;
    private static final long PATIENCE_NS = 300_000_000L;

    /** What a download brought. */
    interface Listener {
        /** The whole handlespace, pool by pool in the order of the answers. */
        void onHandlespace(int server, Map<PoolHandle, List<Listed>> pools, long nowNs);
    }

    /**
     * One element.
     *
     * @param ageMillis how long ago its registration was made or renewed; -1 if the registrar does not say
     */
    record Listed(PoolElementParameter element, long ageMillis) {
    }

    private final int identifier;
    private final long intervalNs;
    private final Listener listener;
    private Map<PoolHandle, List<Listed>> pools = new LinkedHashMap<>();
    private int refusals;
    private boolean present;
    private boolean waiting;

    /**
     * @param intervalNs how long after one download the next begins, or 0 for only one
     * @param random     gives the identifier under which we ask
     */
    HandlespaceQuery(final SctpEndpoint endpoint, final List<SctpAddress> registrars, final long timeoutNs,
        final long intervalNs, final RandomGenerator random, final Listener listener, final Runnable over) {
        super(endpoint, registrars, EnrpType.PPID, timeoutNs, over);
        this.identifier = random.nextInt() | 1;
        this.intervalNs = intervalNs;
        this.listener = listener;
    }

    @Override
    void ask(final long nowNs) {
        pools = new LinkedHashMap<>();
        refusals = 0;
        if (present) {
            presence(0, nowNs);
        }
        request(nowNs);
    }

    private void request(final long nowNs) {
        waiting = false;
        expectAnswer(nowNs);
        // the receiver's identifier is not known before its first answer (RFC 5353 section 2: 0 then)
        new HandleTableRequest(identifier, 0, false, true).write(out);
        send(nowNs);
    }

    /** RSPLIB wants checksum and server information, and adds us with the addresses of the association. */
    private void presence(final int receiver, final long nowNs) {
        present = true;
        final SctpAddress local = endpoint().localAddress();
        out.message(EnrpType.PRESENCE, 0).word(identifier).word(receiver);
        out.begin(ParameterType.PE_CHECKSUM).half(OWNS_NOTHING).end();
        out.begin(ParameterType.SERVER_INFORMATION).word(identifier).begin(ParameterType.SCTP_TRANSPORT)
            .half(local.port()).half(0);
        for (final InetAddress host : local.hosts()) {
            final byte[] octets = host.getAddress();
            out.parameter(octets.length == 4 ? ParameterType.IPV4_ADDRESS : ParameterType.IPV6_ADDRESS, octets);
        }
        out.end().end();
        send(nowNs);
    }

    @Override
    void onMessage(final int type, final int flags, final ByteBuffer body, final long nowNs)
        throws MalformedException {
        if (body.remaining() < 8) {
            throw new MalformedException("a message without server identifiers");
        }
        final int server = body.getInt(0);
        if (type == EnrpType.PRESENCE && (flags & REPLY_REQUIRED) != 0) {
            presence(server, nowNs);
        } else if (type == EnrpType.INIT_TAKEOVER && body.remaining() >= 12) {
            // whoever counts us among its peers waits for our word before it takes over another (section 3.5.2)
            out.message(EnrpType.INIT_TAKEOVER_ACK, 0).word(identifier).word(server).word(body.getInt(8));
            send(nowNs);
        } else if (type == EnrpType.HANDLE_TABLE_RESPONSE && !waiting) {
            if ((flags & REJECTED) != 0) {
                rejected(server, nowNs);
            } else {
                page(server, body.slice(8, body.limit() - 8));
                expectAnswer(nowNs);
                if ((flags & MORE) != 0) {
                    request(nowNs);
                } else {
                    complete(server, nowNs);
                }
            }
        }
    }

    private void rejected(final int server, final long nowNs) {
        if (++refusals > MOST_REFUSALS) {
            refused("rejects requests for its handlespace", nowNs);
        } else if (!present) {
            presence(server, nowNs);
            request(nowNs);
        } else {
            // it is starting itself, or serves somebody else
            waiting = true;
            waitUntil(nowNs + PATIENCE_NS);
        }
    }

    private void page(final int server, final ByteBuffer entries) throws MalformedException {
        final ParameterReader in = new ParameterReader(entries);
        PoolHandle handle = null;
        while (in.next()) {
            if (in.type() == ParameterType.POOL_HANDLE) {
                final byte[] octets = in.bytes();
                if (octets.length < 1 || octets.length > PoolHandle.LONGEST) {
                    throw new MalformedException("a pool handle of " + octets.length + " octets");
                }
                handle = new PoolHandle(octets);
            } else if (in.type() == ParameterType.POOL_ELEMENT && handle != null) {
                pools.computeIfAbsent(handle, h -> new ArrayList<>())
                    .add(new Listed(PoolElementParameter.read(in.value()), -1));
            } else if (in.type() == HandleTableRequest.AGE && pools.get(handle) != null) {
                final List<Listed> pool = pools.get(handle);
                pool.set(pool.size() - 1, new Listed(pool.get(pool.size() - 1).element(),
                    Integer.toUnsignedLong(in.word())));
            } else if (!in.skipUnknown()) {
                throw new MalformedException("a handlespace with a parameter that may not be skipped");
            }
        }
    }

    private void complete(final int server, final long nowNs) {
        listener.onHandlespace(server, pools, nowNs);
        if (intervalNs == 0) {
            done(nowNs);
        } else {
            waiting = true;
            waitUntil(nowNs + intervalNs);
        }
    }

    @Override
    boolean isWaiting() {
        return waiting;
    }

    @Override
    void onTime(final long nowNs) {
        if (refusals > 0) {
            request(nowNs);
        } else {
            ask(nowNs);
        }
    }
}
