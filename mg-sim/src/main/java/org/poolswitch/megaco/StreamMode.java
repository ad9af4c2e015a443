// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** Which way media flows, seen from outside the context (RFC 3525 section 7.1.7). */
public enum StreamMode {
    /** {@code SendOnly}. */
    SEND_ONLY(Token.SEND_ONLY),
    /** {@code ReceiveOnly}. */
    RECEIVE_ONLY(Token.RECEIVE_ONLY),
    /** {@code SendReceive}. */
    SEND_RECEIVE(Token.SEND_RECEIVE),
    /** {@code Inactive}. */
    INACTIVE(Token.INACTIVE),
    /** {@code Loopback}. */
    LOOPBACK(Token.LOOPBACK);

    private final Token token;

    StreamMode(final Token token) {
        this.token = token;
    }

    Token token() {
        return token;
    }

    static StreamMode of(final Token token) {
        for (final StreamMode mode : values()) {
            if (mode.token == token) {
                return mode;
            }
        }
        return null;
    }
}
