// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/**
 * A termination's name: {@code ROOT}, {@code tdm/5}, {@code line/15551234}, with {@code *} and {@code $} as wildcards.
 *
 * @param text at most 64 octets of pathNAME (RFC 3525 Annex B.2)
 */
public record TerminationId(String text) {
    /** The gateway itself. */
    public static final TerminationId ROOT = new TerminationId("ROOT");
    /** Every termination. */
    public static final TerminationId ALL = new TerminationId("*");
    /** The gateway chooses one. */
    public static final TerminationId CHOOSE = new TerminationId("$");
    /** "Total length of pathNAME must not exceed 64 chars." */
    public static final int MAX_LENGTH = 64;

    public TerminationId {
        if (!isLegal(text)) {
            throw new IllegalArgumentException("not a termination's name: " + text);
        }
        text = text.equalsIgnoreCase("ROOT") ? "ROOT" : text;
    }

    /** A name. */
    public static TerminationId of(final String text) {
        return new TerminationId(text);
    }

    /** Whether it stands for several. */
    public boolean isWildcard() {
        return text.indexOf('*') >= 0;
    }

    /** Whether the gateway is to choose it. */
    public boolean isChoose() {
        return text.indexOf('$') >= 0;
    }

    /** Whether it is the gateway itself, in whatever case it came. */
    public boolean isRoot() {
        return text.equals("ROOT");
    }

    static boolean isLegal(final String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            final boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '*' || c == '$';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || "/_@.-".indexOf(c) >= 0))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
