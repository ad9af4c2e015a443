// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.util.random.RandomGenerator;

/**
 * What a one-way link does to datagrams.
 *
 * @param delayNs     least delay
 * @param jitterNs    up to this much more, evenly drawn; order is kept
 * @param loss        probability that a datagram vanishes
 * @param duplication probability that it arrives twice
 * @param reordering  probability that it is overtaken by those behind it
 * @param corruption  probability that some of its bits are flipped, or its end is cut off
 */
public record LinkQuality(long delayNs, long jitterNs, double loss, double duplication, double reordering,
    double corruption) {
    /** A quiet local network. */
    public static final LinkQuality LAN = new LinkQuality(50_000, 20_000, 0, 0, 0);

    public LinkQuality {
        if (delayNs < 0 || jitterNs < 0) {
            throw new IllegalArgumentException("a link cannot deliver before it is sent to");
        }
        if (outside(loss) || outside(duplication) || outside(reordering) || outside(corruption)) {
            throw new IllegalArgumentException("probabilities are 0 to 1");
        }
    }

    /** A link that changes no datagram. */
    public LinkQuality(final long delayNs, final long jitterNs, final double loss, final double duplication,
        final double reordering) {
        this(delayNs, jitterNs, loss, duplication, reordering, 0);
    }

    private static boolean outside(final double probability) {
        return !(probability >= 0 && probability <= 1);
    }

    /** A link of random quality: from a good local network to a bad wide one. */
    public static LinkQuality draw(final RandomGenerator random) {
        final double badness = random.nextDouble();
        return new LinkQuality(random.nextLong(20_000, 2_000_000), random.nextLong(1, 1_000_000),
            badness * badness * 0.1, random.nextDouble() * 0.02, random.nextDouble() * 0.05);
    }

    /** The same with another loss. */
    public LinkQuality withLoss(final double probability) {
        return new LinkQuality(delayNs, jitterNs, probability, duplication, reordering, corruption);
    }

    /** The same with corruption. */
    public LinkQuality withCorruption(final double probability) {
        return new LinkQuality(delayNs, jitterNs, loss, duplication, reordering, probability);
    }
}
