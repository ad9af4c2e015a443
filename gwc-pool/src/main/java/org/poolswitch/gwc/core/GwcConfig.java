// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

/**
 * A gateway controller's settings.
 *
 * @param maxCalls         calls at once; more are released with cause 42
 * @param trunkGroup       trunk group whose media gateway is commanded: pool {@code mg.<trunk group>}
 * @param trunkPrefix      circuits are named with this, their point codes and their CIC at the media gateway
 * @param linePrefix       called lines are named with this and their number
 * @param bandwidth        asked of the gatekeeper per call, hundreds of bits per second (H.225.0)
 * @param policyType       selection policy of pool {@code gwc} (RFC 5356)
 * @param releaseNs        T1 (Q.764): REL is repeated after this time without RLC
 * @param releaseTries     after so many RELs in vain the call is cleared all the same
 * @param repeatReleaseNs  a controller that took over a call being released waits so long for the RLC that may be on
 *                         its way before it sends REL itself; longer than a retransmission
 * @param orphanHoldNs     how long calls are kept whose signaling gateway is gone, in case it returns
 * @param clearingNs       how long a call that is over waits for gatekeeper and media gateway to confirm that nothing
 *                         is held for it any more: longer than a dead one takes to be replaced (Failover.Age, 10 s),
 *                         shorter than an SG repeats its REL (four times 4 s), so that it gets its circuit back
 * @param maxDeferred      inputs that may wait while the process is fenced
 * @param renewal          when calls that were taken over are admitted anew
 * @param cookieKey        secret of the pool: 32 octets that seal the cookies
 */
public record GwcConfig(int maxCalls, String trunkGroup, String trunkPrefix, String linePrefix, long bandwidth,
    int policyType, long releaseNs, int releaseTries, long repeatReleaseNs, long orphanHoldNs, long clearingNs,
    int maxDeferred, AdmissionRenewal renewal, byte[] cookieKey) {
    private static final long MS = 1_000_000L;

    public GwcConfig {
        if (maxCalls < 1 || maxCalls > 1_000_000) {
            throw new IllegalArgumentException("a controller holds 1 to 1000000 calls, not " + maxCalls);
        }
        if (cookieKey.length < 16) {
            throw new IllegalArgumentException("the cookie key needs 16 octets or more");
        }
        if (releaseNs <= 0 || releaseTries < 1 || repeatReleaseNs <= 0 || orphanHoldNs <= 0 || maxDeferred < 1) {
            throw new IllegalArgumentException("times and limits are positive");
        }
        if (clearingNs <= 0) {
            throw new IllegalArgumentException("a call that is over waits for more than 0 ns until it is cleared, not "
                + clearingNs);
        }
        if (renewal == null) {
            throw new IllegalArgumentException("a controller needs to know when it renews admissions");
        }
        if (bandwidth < 1 || bandwidth > 0xffffffffL) {
            throw new IllegalArgumentException("the bandwidth is 1 to 4294967295 hundreds of bits per second");
        }
        if (!trunkGroup.matches("[!-~]{1,29}")) {
            throw new IllegalArgumentException("a trunk group's name is 1 to 29 visible characters, not '" + trunkGroup
                + "'");
        }
        cookieKey = cookieKey.clone();
    }

    /** The defaults with a pool's key. */
    public static GwcConfig defaults(final byte[] cookieKey) {
        return new GwcConfig(20_000, "tg1", "tdm/", "line/", 1280, 1, 4_000 * MS, 4, 150 * MS, 10_000 * MS, 15_000 * MS,
            100_000, AdmissionRenewal.standard(), cookieKey);
    }

    /** The same with other limits. */
    public GwcConfig withLimits(final int calls, final long bandwidthPerCall, final long orphanHold) {
        return new GwcConfig(calls, trunkGroup, trunkPrefix, linePrefix, bandwidthPerCall, policyType, releaseNs,
            releaseTries, repeatReleaseNs, orphanHold, clearingNs, maxDeferred, renewal, cookieKey);
    }

    /** The same for another trunk group. */
    public GwcConfig withTrunkGroup(final String name) {
        return new GwcConfig(maxCalls, name, trunkPrefix, linePrefix, bandwidth, policyType, releaseNs, releaseTries,
            repeatReleaseNs, orphanHoldNs, clearingNs, maxDeferred, renewal, cookieKey);
    }

    /** The same with another time for calls to be cleared in. */
    public GwcConfig withClearing(final long ns) {
        return new GwcConfig(maxCalls, trunkGroup, trunkPrefix, linePrefix, bandwidth, policyType, releaseNs,
            releaseTries, repeatReleaseNs, orphanHoldNs, ns, maxDeferred, renewal, cookieKey);
    }
}
