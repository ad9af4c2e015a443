// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An H.248 text message in one short line: its transaction, its commands, the events or error in it. */
final class MegacoSummary {
    private static final Pattern WORDS = Pattern.compile("\\b(Transaction|T|Reply|P|Pending|PN|TransactionResponseAck|K"
        + "|Add|A|Modify|MF|Subtract|S|AuditValue|AV|Notify|N|ServiceChange|SC|Error|ER)\\s*=\\s*([\\w/*$-]+)"
        + "|\\b((?:cd|al)/\\w+)|\\b(?:Context|C)\\s*=\\s*([*$\\w-]+)");
    private static final int LONGEST = 100;

    private MegacoSummary() {
    }

    static String of(final String message) {
        final List<String> parts = new ArrayList<>();
        final Matcher words = WORDS.matcher(message.substring(message.indexOf(' ') + 1));
        while (words.find()) {
            final String part = words.group(4) != null ? "C=" + words.group(4)
                : words.group(3) != null ? words.group(3) : words.group(1) + " " + words.group(2);
            if (!parts.contains(part)) {
                parts.add(part);
            }
        }
        final String text = String.join(" ", parts);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
