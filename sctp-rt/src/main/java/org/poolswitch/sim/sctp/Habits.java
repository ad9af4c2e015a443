// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.util.random.RandomGenerator;

/**
 * How the users of one world behave.
 *
 * @param periodNs          time between two actions on one association, on average
 * @param redialNs          how soon an association that is gone is opened again
 * @param messages          of 1000 actions, how many are messages
 * @param burstPercent      how often many messages go at once
 * @param burst             how many, at most
 * @param unorderedPercent  messages with the U bit
 * @param perishablePercent messages with a lifetime
 * @param lifetimeNs        longest lifetime
 * @param longestMessage    octets
 */
record Habits(long periodNs, long redialNs, int messages, int burstPercent, int burst, int unorderedPercent,
    int perishablePercent, long lifetimeNs, int longestMessage) {
    private static final long MS = 1_000_000L;

    static Habits draw(final RandomGenerator random, final boolean patient, final int longestMessage) {
        final boolean eager = random.nextInt(4) == 0;
        return new Habits(random.nextLong(4 * MS, 16 * MS) * (patient ? 8 : 1), random.nextLong(5 * MS, 80 * MS),
            eager ? 930 : 980, random.nextInt(8), 2 + random.nextInt(40), random.nextInt(50), random.nextInt(40),
            random.nextLong(1 * MS, 200 * MS), longestMessage);
    }

    /** Mostly short ones, some that take a few packets, now and then a very long one. */
    int length(final RandomGenerator random) {
        final int kind = random.nextInt(100);
        final int most = kind < 70 ? 200 : kind < 90 ? 1400 : kind < 98 ? 6000 : longestMessage;
        return Noise.LEAST + random.nextInt(Math.min(most, longestMessage) - Noise.LEAST + 1);
    }
}
