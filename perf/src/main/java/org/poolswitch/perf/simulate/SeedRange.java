// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import org.poolswitch.launch.ConfigException;

/** Seeds from the first to the last, both included. */
public record SeedRange(long first, long last) {
    /** {@code FIRST-LAST} or one number. */
    public static SeedRange parse(final String text) throws ConfigException {
        if (!text.matches("[0-9]{1,18}(-[0-9]{1,18})?")) {
            throw new ConfigException("--seeds is FIRST-LAST or one number, not '" + text + "'");
        }
        final int dash = text.indexOf('-');
        final long first = Long.parseLong(dash < 0 ? text : text.substring(0, dash));
        final long last = dash < 0 ? first : Long.parseLong(text.substring(dash + 1));
        if (last < first) {
            throw new ConfigException("--seeds " + text + " ends before it begins");
        }
        return new SeedRange(first, last);
    }

    /** How many. */
    public long count() {
        return last - first + 1;
    }
}
