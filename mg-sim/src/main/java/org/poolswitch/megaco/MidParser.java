// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Reads an mId (RFC 3525 Annex B.2). */
final class MidParser {
    private static final int MAX_DOMAIN = 64;
    private static final int MAX_ADDRESS = 45;

    private MidParser() {
    }

    static Mid parse(final TextScanner in) throws MegacoSyntaxException {
        if (in.accept('<')) {
            final String name = in.upTo('>', MAX_DOMAIN);
            for (int i = 0; i < name.length(); i++) {
                final char c = name.charAt(i);
                if (!isAlphanumeric(c) && (i == 0 || c != '-' && c != '.')) {
                    throw in.error("not a domain name");
                }
            }
            return new Mid(Mid.Kind.DOMAIN_NAME, name, port(in));
        }
        if (in.accept('[')) {
            return address(in);
        }
        final String word = in.word();
        if (word.equalsIgnoreCase("MTP") && in.accept('{')) {
            final String digits = in.upTo('}', 8);
            for (int i = 0; i < digits.length(); i++) {
                if (Character.digit(digits.charAt(i), 16) < 0) {
                    throw in.error("not an MTP address");
                }
            }
            if (digits.length() < 4) {
                throw in.error("an MTP address has 4 to 8 digits");
            }
            return new Mid(Mid.Kind.MTP, digits.toLowerCase(Locale.ROOT), 0);
        }
        if (!TerminationId.isLegal(word)) {
            throw in.error("not a device name");
        }
        return Mid.device(word);
    }

    private static Mid address(final TextScanner in) throws MegacoSyntaxException {
        final String text = in.upTo(']', MAX_ADDRESS);
        final boolean six = text.indexOf(':') >= 0;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            dots += c == '.' ? 1 : 0;
            // no other character gets through, so no name server is ever asked
            if (c != '.' && Character.digit(c, six ? 16 : 10) < 0 && c != ':') {
                throw in.error("not an IP address");
            }
        }
        if (!six && dots != 3) {
            throw in.error("not an IP address");
        }
        try {
            // one spelling for each address, because an mId is compared
            return Mid.of(InetAddress.getByName(text), port(in));
        } catch (final UnknownHostException e) {
            throw in.error("not an IP address");
        }
    }

    private static int port(final TextScanner in) throws MegacoSyntaxException {
        return in.accept(':') ? (int) in.number(65535) : 0;
    }

    private static boolean isAlphanumeric(final char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
