// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** Why and how service changes (RFC 3525 section 7.2.8). */
public enum ServiceChangeMethod {
    /** Terminations go out of service after the delay; calls are not cut. */
    GRACEFUL(Token.GRACEFUL),
    /** Terminations went out of service at once. */
    FORCED(Token.FORCED),
    /** Service is (re)stored after the delay. */
    RESTART(Token.RESTART),
    /** The association was lost and is back; contexts live on. */
    DISCONNECTED(Token.DISCONNECTED),
    /** The controller hands the gateway over. */
    HANDOFF(Token.HANDOFF),
    /** The gateway's other half takes over. */
    FAILOVER(Token.FAILOVER);

    private final Token token;

    ServiceChangeMethod(final Token token) {
        this.token = token;
    }

    Token token() {
        return token;
    }

    static ServiceChangeMethod of(final Token token) {
        for (final ServiceChangeMethod method : values()) {
            if (method.token == token) {
                return method;
            }
        }
        return null;
    }
}
