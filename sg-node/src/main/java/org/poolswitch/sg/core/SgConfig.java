// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

/**
 * A signaling gateway's settings.
 *
 * @param opc              our originating point code
 * @param dpc              point code of the switch that the pool plays
 * @param networkIndicator NI of MTP (Q.704 section 14.2.2), 2 = national
 * @param firstCic         first circuit of the trunk group
 * @param circuits         circuits of the trunk group, 1 to 4096
 * @param firstAnswerNs    T7 (Q.764 annex A): how long an IAM may go without any backward message
 * @param answerNs         how long a call may ring before the SG gives it up as stuck; longer than the GWC's T9
 * @param releaseNs        T1 (Q.764): REL is repeated after this time without RLC
 * @param releaseTries     REL sent in vain so often means that the circuit is stuck: the call counts as lost
 * @param lingerNs         how long our own RLC is kept for a controller that takes over: nothing confirms an RLC, so it
 *                         must outlive the time in which a death is noticed
 */
public record SgConfig(int opc, int dpc, int networkIndicator, int firstCic, int circuits, long firstAnswerNs,
    long answerNs, long releaseNs, int releaseTries, long lingerNs) {
    private static final long MS = 1_000_000L;
    private static final int MOST_CIC = 4095;
    private static final int MOST_POINT_CODE = 16_383;

    public SgConfig {
        if (opc < 0 || opc > MOST_POINT_CODE || dpc < 0 || dpc > MOST_POINT_CODE || opc == dpc) {
            throw new IllegalArgumentException("point codes are two different numbers from 0 to " + MOST_POINT_CODE);
        }
        if (networkIndicator < 0 || networkIndicator > 3) {
            throw new IllegalArgumentException("the network indicator is 0 to 3");
        }
        if (firstCic < 0 || circuits < 1 || firstCic > MOST_CIC - circuits + 1) {
            throw new IllegalArgumentException("circuits lie between 0 and " + MOST_CIC + ", not "
                + firstCic + " to " + (circuits - 1L + firstCic));
        }
        if (firstAnswerNs <= 0 || answerNs <= firstAnswerNs || releaseNs <= 0 || releaseTries < 1) {
            throw new IllegalArgumentException("timers are positive, and ringing lasts longer than set-up");
        }
        if (lingerNs < 500 * MS) {
            throw new IllegalArgumentException("the linger time must be at least 500 ms, longer than a death goes "
                + "unnoticed");
        }
    }

    /** The defaults; timers are at the short end of Q.764's ranges. */
    public static SgConfig defaults() {
        return new SgConfig(1, 2, 2, 1, 1000, 20_000 * MS, 200_000 * MS, 4_000 * MS, 4, 1_000 * MS);
    }

    /** The same with other circuits. */
    public SgConfig withTrunks(final int ownPointCode, final int otherPointCode, final int first, final int count) {
        return new SgConfig(ownPointCode, otherPointCode, networkIndicator, first, count, firstAnswerNs, answerNs,
            releaseNs, releaseTries, lingerNs);
    }
}
