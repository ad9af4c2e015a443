// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

/**
 * A gatekeeper's settings.
 *
 * @param maxAdmissions calls admitted at a time, whatever the policy says: the bound of this process's memory
 * @param policyType    selection policy of pool {@code gk} (RFC 5356), 1 = Round Robin
 * @param orphanHoldNs  how long admissions are kept whose gateway controller is gone, in case another asks for them
 * @param cookieKey     secret of the pool: 16 octets or more that seal the cookies
 */
public record GkConfig(int maxAdmissions, int policyType, long orphanHoldNs, byte[] cookieKey) {
    private static final long SECOND = 1_000_000_000L;

    public GkConfig {
        if (maxAdmissions < 1 || maxAdmissions > 10_000_000) {
            throw new IllegalArgumentException("a gatekeeper holds 1 to 10000000 admissions, not " + maxAdmissions);
        }
        if (orphanHoldNs <= 0) {
            throw new IllegalArgumentException("the time to hold orphaned admissions is longer than 0");
        }
        if (cookieKey.length < 16) {
            throw new IllegalArgumentException("the cookie key needs 16 octets or more");
        }
        cookieKey = cookieKey.clone();
    }

    /** The defaults with a pool's key. */
    public static GkConfig defaults(final byte[] cookieKey) {
        return new GkConfig(100_000, 1, 10 * SECOND, cookieKey);
    }

    /** The same with other limits. */
    public GkConfig withLimits(final int admissions, final long orphanHold) {
        return new GkConfig(admissions, policyType, orphanHold, cookieKey);
    }
}
