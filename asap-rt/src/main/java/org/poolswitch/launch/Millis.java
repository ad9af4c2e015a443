// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

/** Times that options give in milliseconds. */
public final class Millis {
    /** The longest of them: a day. */
    public static final long MOST = 86_400_000L;
    private static final long NS = 1_000_000L;

    private Millis() {
    }

    /**
     * An option's time in nanoseconds.
     *
     * @param least the shortest that makes sense, milliseconds
     * @throws ConfigException with a sentence if it is shorter, or longer than {@link #MOST}
     */
    public static long toNs(final String option, final long millis, final long least) throws ConfigException {
        if (millis < least || millis > MOST) {
            throw new ConfigException(option + " is " + least + " to " + MOST + " ms, not " + millis);
        }
        return millis * NS;
    }
}
