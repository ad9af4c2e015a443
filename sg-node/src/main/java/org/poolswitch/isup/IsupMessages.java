// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.isup;

import java.util.List;

/** The messages that a switch sends most, each in one call. */
public final class IsupMessages {
    /** Event indicator of CPG (Q.763 section 3.21): alerting. */
    public static final int EVENT_ALERTING = 1;
    /** Called party's status in the backward call indicators (section 3.5): bits DC. */
    private static final int CHARGE = 0x02;
    private static final int STATUS_NO_INDICATION = 0x00;
    private static final int STATUS_SUBSCRIBER_FREE = 0x04;
    private static final int ISUP_ALL_THE_WAY = 0x04;
    private static final byte[] NONE = new byte[0];

    private IsupMessages() {
    }

    /**
     * IAM: no satellite, ISUP preferred, ordinary subscriber, speech.
     *
     * @param calling calling number, or null for none
     */
    public static IsupMessage iam(final int cic, final String called, final String calling) {
        final byte[] fixed = {0x00, 0x60, 0x01, 0x0a, 0x00};
        return new IsupMessage(cic, IsupType.IAM, fixed, List.of(PartyNumber.called(called)),
            calling == null ? List.of()
                : List.of(new IsupMessage.Parameter(PartyNumber.CALLING, PartyNumber.calling(calling))));
    }

    /** ACM. @param subscriberFree whether the called party is known to be alerted */
    public static IsupMessage acm(final int cic, final boolean subscriberFree) {
        final int status = subscriberFree ? STATUS_SUBSCRIBER_FREE : STATUS_NO_INDICATION;
        return IsupMessage.of(cic, IsupType.ACM, new byte[] {(byte) (CHARGE | status | 0x10), ISUP_ALL_THE_WAY});
    }

    /** CPG. */
    public static IsupMessage cpg(final int cic, final int event) {
        return IsupMessage.of(cic, IsupType.CPG, new byte[] {(byte) event});
    }

    /** ANM. */
    public static IsupMessage anm(final int cic) {
        return IsupMessage.of(cic, IsupType.ANM, NONE);
    }

    /** REL. */
    public static IsupMessage rel(final int cic, final int location, final int cause) {
        return IsupMessage.of(cic, IsupType.REL, NONE, CauseIndicators.of(location, cause));
    }

    /** RLC. */
    public static IsupMessage rlc(final int cic) {
        return IsupMessage.of(cic, IsupType.RLC, NONE);
    }

    /** RSC. */
    public static IsupMessage rsc(final int cic) {
        return IsupMessage.of(cic, IsupType.RSC, NONE);
    }
}
