// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

/**
 * A registrar's settings.
 *
 * @param keepAliveIntervalNs  how often an element is asked whether it lives, give or take half (RFC 5352 section 3.5)
 * @param keepAliveTimeoutNs   how long it may take to answer
 * @param maxBadPeReport       MAX-BAD-PE-REPORT: unreachable reports after which an element is removed unasked
 * @param maxPools             pools in the handlespace
 * @param maxElementsPerPool   elements in one pool
 * @param maxResolvedElements  elements named in one answer
 * @param maxLifeMillis        longest registration life granted
 * @param removeOnAssociationLoss whether the end of an element's association removes it at once: the fast way to notice
 *                             a dead process
 */
public record RegistrarConfig(long keepAliveIntervalNs, long keepAliveTimeoutNs, int maxBadPeReport, int maxPools,
    int maxElementsPerPool, int maxResolvedElements, int maxLifeMillis, boolean removeOnAssociationLoss) {
    private static final long MS = 1_000_000L;

    public RegistrarConfig {
        if (keepAliveTimeoutNs <= 0 || keepAliveIntervalNs <= keepAliveTimeoutNs) {
            throw new IllegalArgumentException("the keep-alive interval must be longer than its timeout");
        }
        if (maxBadPeReport < 1 || maxPools < 1 || maxElementsPerPool < 1 || maxResolvedElements < 1) {
            throw new IllegalArgumentException("a registrar's limits are all 1 or more");
        }
        if (maxLifeMillis < 1000) {
            throw new IllegalArgumentException("a registration must be allowed to live for a second");
        }
    }

    /** Telephone-grade: a dead element is gone within a second even if nobody reports it. */
    public static RegistrarConfig carrier() {
        return new RegistrarConfig(1_000 * MS, 400 * MS, 3, 10_000, 100_000, 128, 3_600_000, true);
    }

    /** Calm timers, as the reference implementation has them. */
    public static RegistrarConfig rfc() {
        return new RegistrarConfig(10_000 * MS, 5_000 * MS, 3, 10_000, 100_000, 128, 3_600_000, true);
    }
}
