// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** The commands (RFC 3525 section 7.2). */
public enum Verb {
    /** Puts a termination into a context. */
    ADD(Token.ADD),
    /** Takes a termination from another context into this one. */
    MOVE(Token.MOVE),
    /** Changes a termination. */
    MODIFY(Token.MODIFY),
    /** Takes a termination out of its context; the last one ends the context. */
    SUBTRACT(Token.SUBTRACT),
    /** Asks for current values. */
    AUDIT_VALUE(Token.AUDIT_VALUE),
    /** Asks for possible values. */
    AUDIT_CAPABILITY(Token.AUDIT_CAPABILITY),
    /** Reports events. */
    NOTIFY(Token.NOTIFY),
    /** Reports that terminations or the gateway come or go. */
    SERVICE_CHANGE(Token.SERVICE_CHANGE);

    private final Token token;

    Verb(final Token token) {
        this.token = token;
    }

    Token token() {
        return token;
    }

    static Verb of(final Token token) {
        for (final Verb verb : values()) {
            if (verb.token == token) {
                return verb;
            }
        }
        return null;
    }
}
