// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes H.248 text: groups in braces doubled, nested, taken elsewhere; numbers, names and wildcards. */
final class TextMutator {
    private static final List<String> WORDS = List.of("0", "1", "4294967293", "4294967294", "4294967295", "4294967296",
        "99999999999999999999", "-1", "00000000000000000000000000001", "$", "*", "-", "ROOT", "tdm/*", "line/*", "",
        "{", "}", ",", "\"", "tdm/1", "tdm/0", "tdm/4294967296", "line/", ";", "[", "]", "<x>:0", "MODIFY", "Subtract",
        "AuditValue", "AuditCapability", "Move", "ServiceChange", "Pending", "Reply", "TransactionResponseAck",
        "Error=500{}", "Error = 500 { \"no\" }", "AuditValue = * { Audit { Media, Events, Signals, Statistics, "
            + "Packages, DigitMap } }", "Context = *", "Context = 1", "W-Subtract = *", "O-Modify = *");
    private final RandomGenerator dice;
    private final OctetMutator octets;

    TextMutator(final RandomGenerator dice) {
        this.dice = dice;
        octets = new OctetMutator(dice);
    }

    byte[] mutate(final byte[] original, final byte[] other, final int most) {
        if (dice.nextInt(5) == 0) {
            return octets.mutate(original, most);
        }
        String text = new String(original, StandardCharsets.ISO_8859_1);
        final String donor = new String(other, StandardCharsets.ISO_8859_1);
        for (int n = 1 + dice.nextInt(3); n > 0; n--) {
            final String next = once(text, donor, most);
            text = next.length() > most ? next.substring(0, most) : next;
        }
        return text.isEmpty() ? new byte[1] : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String once(final String text, final String donor, final int most) {
        final int[] group = group(text);
        return switch (dice.nextInt(6)) {
            case 0 -> word(text, WORDS.get(dice.nextInt(WORDS.size())));
            case 1 -> word(text, String.valueOf((char) (32 + dice.nextInt(95))));
            case 2 -> word(text, "x1".repeat(dice.nextInt(dice.nextInt(4) == 0 ? most / 2 : 200)));
            case 3 -> group == null ? text : text.substring(0, group[1]) + ("," + text.substring(group[0], group[1]))
                .repeat(times(group, text.length(), most)) + text.substring(group[1]);
            case 4 -> nested(text, group, most);
            default -> {
                final int[] from = group(donor);
                yield group == null || from == null ? text : text.substring(0, group[0])
                    + donor.substring(from[0], from[1]) + text.substring(group[1]);
            }
        };
    }

    private int times(final int[] group, final int length, final int most) {
        final int room = Math.max(0, most - length) / (group[1] - group[0] + 1);
        return dice.nextInt(3) == 0 ? room : dice.nextInt(Math.min(room, 40) + 1);
    }

    private String nested(final String text, final int[] group, final int most) {
        if (group == null) {
            return text;
        }
        final int brace = text.indexOf('{', group[0]);
        final String head = text.substring(group[0], brace + 1);
        final int room = Math.max(0, most - text.length()) / (head.length() + 1);
        final int depth = dice.nextInt(3) == 0 ? room : dice.nextInt(Math.min(room, 40) + 1);
        return text.substring(0, group[0]) + head.repeat(depth) + text.substring(group[0], group[1])
            + "}".repeat(depth) + text.substring(group[1]);
    }

    /** In the place of a number or name. */
    private String word(final String text, final String by) {
        if (text.isEmpty()) {
            return by;
        }
        int from = dice.nextInt(text.length());
        int to = from;
        while (from > 0 && isName(text.charAt(from - 1))) {
            from--;
        }
        while (to < text.length() && isName(text.charAt(to))) {
            to++;
        }
        return text.substring(0, from) + by + text.substring(to);
    }

    private static boolean isName(final char c) {
        return Character.isLetterOrDigit(c) || c == '/' || c == '*' || c == '$';
    }

    /** From the name before a brace to the brace that closes it; null if there is none. */
    private int[] group(final String text) {
        if (text.isEmpty()) {
            return null;
        }
        final int open = text.indexOf('{', dice.nextInt(text.length()));
        if (open < 0) {
            return null;
        }
        int from = open;
        while (from > 0 && "{},".indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return new int[] {from, at + 1};
            }
        }
        return null;
    }
}
