// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

/**
 * A gatekeeper's settings.
 *
 * @param maxAdmissions calls admitted at a time, whatever the policy says: the bound of this process's memory
 * @param policyType    selection policy of pool {@code gk} (RFC 5356), 1 = Round Robin
 * @param orphanHoldNs  how long admissions are kept whose gateway controller is gone, in case another asks for them
 * @param statusIntervalNs how long nothing is heard of a call until its controller is asked (IRQ) whether it still has
 *                      it; 0: it is never asked. A minute costs a message a second for each 60 calls
 * @param statusAnswerNs how long an answer (IRR) is awaited before the question is repeated, once, and then before the
 *                      call counts as over: 3 s as H.225.0 recommends for IRQ
 * @param cookieKey     secret of the pool: 16 octets or more that seal the cookies
 */
public record GkConfig(int maxAdmissions, int policyType, long orphanHoldNs, long statusIntervalNs,
    long statusAnswerNs, byte[] cookieKey) {
    private static final long SECOND = 1_000_000_000L;

    public GkConfig {
        if (maxAdmissions < 1 || maxAdmissions > 10_000_000) {
            throw new IllegalArgumentException("a gatekeeper holds 1 to 10000000 admissions, not " + maxAdmissions);
        }
        if (orphanHoldNs <= 0) {
            throw new IllegalArgumentException("the time to hold orphaned admissions is longer than 0");
        }
        if (statusIntervalNs < 0 || statusAnswerNs <= 0) {
            throw new IllegalArgumentException("controllers are asked for their calls after 0 ns (never) or more, and "
                + "get more than 0 ns to answer, not " + statusIntervalNs + " and " + statusAnswerNs);
        }
        if (cookieKey.length < 16) {
            throw new IllegalArgumentException("the cookie key needs 16 octets or more");
        }
        cookieKey = cookieKey.clone();
    }

    /** The defaults with a pool's key. */
    public static GkConfig defaults(final byte[] cookieKey) {
        return new GkConfig(100_000, 1, 10 * SECOND, 60 * SECOND, 3 * SECOND, cookieKey);
    }

    /** The same with other limits. */
    public GkConfig withLimits(final int admissions, final long orphanHold) {
        return new GkConfig(admissions, policyType, orphanHold, statusIntervalNs, statusAnswerNs, cookieKey);
    }

    /** The same with other times after which controllers are asked for their calls. */
    public GkConfig withStatus(final long intervalNs, final long answerNs) {
        return new GkConfig(maxAdmissions, policyType, orphanHoldNs, intervalNs, answerNs, cookieKey);
    }
}
