// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/**
 * A token bucket whose whole state is one point of time: when it would be full again, plus its size. So thousands of
 * them cost a long each.
 *
 * @param perSecond tokens that drip in; 0 = no limit
 * @param burst     tokens it holds
 */
public record RateLimit(int perSecond, int burst) {
    private static final long SECOND = 1_000_000_000L;
    /** Nothing is limited. */
    public static final RateLimit NONE = new RateLimit(0, 1);
    /** State of a bucket that nobody has used yet. */
    public static final long FRESH = Long.MIN_VALUE;

    public RateLimit {
        if (perSecond < 0 || burst < 1) {
            throw new IllegalArgumentException("a rate limit has 0 (none) or more a second, and a burst of 1 or more");
        }
    }

    /** Reads {@code RATE} or {@code RATE/BURST}. @throws IllegalArgumentException with a sentence */
    public static RateLimit parse(final String text) {
        final String[] parts = text.split("/", 2);
        try {
            final int rate = Integer.parseInt(parts[0]);
            return new RateLimit(rate, parts.length > 1 ? Integer.parseInt(parts[1]) : Math.max(1, rate));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("a rate limit is RATE or RATE/BURST, per second, not '" + text + "'", e);
        }
    }

    /** Whether a bucket in this state gives a token now. */
    public boolean allows(final long state, final long nowNs) {
        return perSecond == 0 || state == FRESH || state - nowNs <= (burst - 1) * (SECOND / perSecond);
    }

    /** The state after a token was taken. */
    public long take(final long state, final long nowNs) {
        return perSecond == 0 ? state : (state == FRESH ? nowNs : Math.max(state, nowNs)) + SECOND / perSecond;
    }

    /** As {@link #parse} reads it; 0 is no limit. */
    public String describe() {
        return perSecond == 0 ? "0" : perSecond + "/" + burst;
    }

    @Override
    public String toString() {
        return perSecond == 0 ? "none" : perSecond + "/" + burst;
    }
}
