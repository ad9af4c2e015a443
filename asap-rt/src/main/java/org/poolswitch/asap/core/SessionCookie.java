// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.Arrays;
import org.poolswitch.sctp.SendStatus;

/** The newest cookie that a session's element has sent: it replaces the older one. */
final class SessionCookie {
    private byte[] octets = {};
    private int length;

    boolean isThere() {
        return length > 0;
    }

    void replace(final byte[] buffer, final int offset, final int octetsThere) {
        if (octets.length < octetsThere) {
            octets = Arrays.copyOfRange(buffer, offset, offset + octetsThere);
        } else {
            System.arraycopy(buffer, offset, octets, 0, octetsThere);
        }
        length = octetsThere;
    }

    void clear() {
        length = 0;
    }

    /** Sends COOKIE_ECHO with it. */
    SendStatus echo(final ControlWriter control, final int association, final int stream, final long nowNs) {
        return control.sendCookieEcho(association, stream, octets, length, nowNs);
    }
}
