// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.Arrays;
import org.poolswitch.asap.CookieSeal;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.m3ua.M3uaError;
import org.poolswitch.m3ua.M3uaException;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.SendStatus;

/** What goes to signaling gateways: ISUP in M3UA, cookies, M3UA errors. */
final class Outlet {
    private static final int LARGEST_COOKIE = 160;
    private static final int LARGEST_M3UA = 512;

    private final PoolElement element;
    private final CookieSeal seal;
    private final Counters counters;
    private final byte[] isup = new byte[IsupMessage.LONGEST];
    private final byte[] m3ua = new byte[LARGEST_M3UA];
    private final byte[] cookie = new byte[LARGEST_COOKIE];

    Outlet(final PoolElement element, final CookieSeal seal, final Counters counters) {
        this.element = element;
        this.seal = seal;
        this.counters = counters;
    }

    /** A backward message: point codes swapped, for it goes the other way. */
    void isup(final CircuitId circuit, final int association, final int stream, final IsupMessage message,
        final long nowNs) {
        final int length = message.encode(isup, 0);
        final M3uaData data = new M3uaData(circuit.dpc(), circuit.opc(), M3ua.SI_ISUP, circuit.networkIndicator(), 0,
            circuit.sls(), Arrays.copyOf(isup, length));
        checked(association, element.sendToUser(association, stream, M3ua.PPID, m3ua, 0, data.encode(m3ua, 0),
            nowNs), nowNs);
    }

    void cookie(final int association, final int stream, final CallCookie of, final long nowNs) {
        checked(association, element.sendCookie(association, stream, cookie, 0, of.seal(seal, cookie), nowNs), nowNs);
    }

    /** RFC 4666 section 3.8.1: what was wrong is told, but never in answer to such a message. */
    void error(final M3uaException e, final int association, final int stream, final byte[] bad, final int offset,
        final int length, final long nowNs) {
        if (!M3uaError.isError(bad, offset, length)) {
            final int octets = M3uaError.encode(e.errorCode(), bad, offset, length, m3ua, 0);
            element.sendToUser(association, stream, M3ua.PPID, m3ua, 0, octets, nowNs);
        }
    }

    /** A user that takes nothing more would lose messages of its calls: let it go, it finds another controller. */
    private void checked(final int association, final SendStatus status, final long nowNs) {
        if (status == SendStatus.FULL) {
            counters.increment(GwcCounter.USERS_BLOCKED);
            element.abortUser(association, nowNs);
        }
    }
}
