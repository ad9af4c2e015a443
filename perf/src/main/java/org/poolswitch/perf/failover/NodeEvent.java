// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.util.HashMap;
import java.util.Map;

/**
 * One line that a node printed because of {@code --events}: {@code event KIND key=value ...}. Times in it are
 * nanoseconds of the host's monotonic clock, which all processes of a Linux host share.
 */
record NodeEvent(String node, String kind, Map<String, String> fields) {
    private static final String MARK = "event ";

    /** The event in a line, or null if the line is something else. */
    static NodeEvent parse(final String node, final String line) {
        if (!line.startsWith(MARK)) {
            return null;
        }
        final String[] words = line.substring(MARK.length()).trim().split(" +");
        final Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            final int equals = words[i].indexOf('=');
            if (equals > 0) {
                fields.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
        }
        return new NodeEvent(node, words[0], fields);
    }

    long number(final String key) {
        final String value = fields.get(key);
        return value == null ? 0 : Long.parseLong(value);
    }

    String text(final String key) {
        return fields.getOrDefault(key, "");
    }
}
