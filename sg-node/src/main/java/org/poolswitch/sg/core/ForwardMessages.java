// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.PoolUser;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupType;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.m3ua.M3uaError;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.SendStatus;

/** ISUP towards the pool: in M3UA DATA (RFC 4666 section 3.3.1), on the circuit's own session. */
final class ForwardMessages {
    private static final byte[] POOL = "gwc".getBytes(StandardCharsets.US_ASCII);

    private final SgConfig config;
    private final PoolUser user;
    private final PoolSessionListener listener;
    private final SgObserver observer;
    private final Counters counters;
    private final byte[] isup = new byte[IsupMessage.LONGEST];
    private final byte[] m3ua = new byte[512];

    ForwardMessages(final SgConfig config, final PoolUser user, final PoolSessionListener listener,
        final SgObserver observer, final Counters counters) {
        this.config = config;
        this.user = user;
        this.listener = listener;
        this.observer = observer;
        this.counters = counters;
    }

    /** @return false if the session takes nothing more, or there can be none */
    boolean send(final Circuit circuit, final IsupMessage message, final int flags, final long nowNs) {
        return send(circuit, message.type(), isup, message.encode(isup, 0), flags, nowNs);
    }

    /** The same with a message that is encoded already. */
    boolean send(final Circuit circuit, final IsupType type, final byte[] message, final int length, final int flags,
        final long nowNs) {
        if (!circuit.path.isOpen()) {
            circuit.path.open(user.open(POOL, listener, circuit, nowNs));
        }
        if (!transfer(circuit, type, message, length, flags, nowNs)) {
            return false;
        }
        observer.onMessage(circuit.cic, true, type, circuit.path.element(), nowNs);
        return true;
    }

    /** Answers on the session that there is; if there is none any more, nobody waits for it. */
    void answer(final Circuit circuit, final IsupMessage message, final long nowNs) {
        transfer(circuit, message.type(), isup, message.encode(isup, 0), 0, nowNs);
    }

    /** M3UA ERROR (RFC 4666 section 3.8.1) about a message that could not be read; an ERROR itself is not answered. */
    void error(final PoolSession session, final int code, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        if (!M3uaError.isError(buffer, offset, length)) {
            final int octets = M3uaError.encode(code, buffer, offset, length, m3ua, 0);
            session.send(M3ua.PPID, m3ua, 0, octets, 0, nowNs);
        }
    }

    private boolean transfer(final Circuit circuit, final IsupType type, final byte[] message, final int length,
        final int flags, final long nowNs) {
        final M3uaData data = new M3uaData(circuit.opc, circuit.dpc, M3ua.SI_ISUP, config.networkIndicator(), 0,
            circuit.cic & 0x0f, Arrays.copyOf(message, length));
        if (circuit.path.send(type, m3ua, data.encode(m3ua, 0), flags, nowNs) != SendStatus.ACCEPTED) {
            return false;
        }
        counters.increment(SgCounter.MESSAGES_FORWARD);
        return true;
    }
}
