// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import org.poolswitch.isup.CauseIndicators;

/** How a call ended, as its caller sees it. */
public enum CallOutcome {
    COMPLETED(SgCounter.CALLS_COMPLETED),
    BUSY(SgCounter.CALLS_BUSY),
    NO_ANSWER(SgCounter.CALLS_NO_ANSWER),
    ABANDONED(SgCounter.CALLS_ABANDONED),
    REJECTED(SgCounter.CALLS_REJECTED),
    LOST(SgCounter.CALLS_LOST);

    private final SgCounter counter;

    CallOutcome(final SgCounter counter) {
        this.counter = counter;
    }

    SgCounter counter() {
        return counter;
    }

    /** What a backward REL means. */
    static CallOutcome of(final int cause, final boolean answered) {
        switch (cause) {
            case CauseIndicators.NORMAL_CLEARING:
            case CauseIndicators.NORMAL_UNSPECIFIED:
                return answered ? COMPLETED : LOST;
            case CauseIndicators.USER_BUSY:
                return answered ? LOST : BUSY;
            case CauseIndicators.NO_ANSWER:
                return answered ? LOST : NO_ANSWER;
            case CauseIndicators.UNALLOCATED_NUMBER:
            case CauseIndicators.CALL_REJECTED:
            case CauseIndicators.INVALID_NUMBER:
            case CauseIndicators.NO_CIRCUIT:
                return answered ? LOST : REJECTED;
            default:
                return LOST;
        }
    }
}
