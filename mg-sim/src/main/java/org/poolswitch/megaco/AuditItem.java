// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** What an audit may ask for (RFC 3525 section 7.1.12). */
public enum AuditItem {
    /** {@code Mux}. */
    MUX(Token.MUX),
    /** {@code Modem}. */
    MODEM(Token.MODEM),
    /** {@code Media}. */
    MEDIA(Token.MEDIA),
    /** {@code DigitMap}. */
    DIGIT_MAP(Token.DIGIT_MAP),
    /** {@code Statistics}. */
    STATISTICS(Token.STATISTICS),
    /** {@code ObservedEvents}. */
    OBSERVED_EVENTS(Token.OBSERVED_EVENTS),
    /** {@code Packages}. */
    PACKAGES(Token.PACKAGES),
    /** {@code Signals}. */
    SIGNALS(Token.SIGNALS),
    /** {@code EventBuffer}. */
    EVENT_BUFFER(Token.EVENT_BUFFER),
    /** {@code Events}. */
    EVENTS(Token.EVENTS);

    private final Token token;

    AuditItem(final Token token) {
        this.token = token;
    }

    Token token() {
        return token;
    }

    static AuditItem of(final Token token) {
        for (final AuditItem item : values()) {
            if (item.token == token) {
                return item;
            }
        }
        return null;
    }
}
