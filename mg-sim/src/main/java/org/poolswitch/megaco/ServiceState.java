// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** Whether a termination can be used (RFC 3525 section 7.1.5). */
public enum ServiceState {
    /** {@code Test}. */
    TEST(Token.TEST),
    /** {@code OutOfService}. */
    OUT_OF_SERVICE(Token.OUT_OF_SERVICE),
    /** {@code InService}. */
    IN_SERVICE(Token.IN_SERVICE);

    private final Token token;

    ServiceState(final Token token) {
        this.token = token;
    }

    Token token() {
        return token;
    }

    static ServiceState of(final Token token) {
        for (final ServiceState state : values()) {
            if (state.token == token) {
                return state;
            }
        }
        return null;
    }
}
