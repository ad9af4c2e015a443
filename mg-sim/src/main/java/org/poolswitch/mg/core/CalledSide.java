// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

/**
 * How the simulated subscribers behave when their line rings.
 *
 * @param busyFraction     of the calls meet a busy line
 * @param noAnswerFraction of the calls ring until somebody gives up
 * @param hangUpFraction   of the answered calls are ended by the called side
 * @param ringAfterNs      from the ring signal to ringing tone or busy tone
 * @param answerAfterNs    from ringing tone to answer, fixed or the mean
 * @param holdNs           from answer to the called side's hang-up, fixed or the mean
 * @param exponential      whether the last two are means of exponential distributions (cut at 10 times the mean)
 */
public record CalledSide(double busyFraction, double noAnswerFraction, double hangUpFraction, long ringAfterNs,
    long answerAfterNs, long holdNs, boolean exponential) {

    private static final long MS = 1_000_000L;

    public CalledSide {
        if (!(busyFraction >= 0 && noAnswerFraction >= 0 && busyFraction + noAnswerFraction <= 1)) {
            throw new IllegalArgumentException("busy and unanswered calls are fractions of all calls: " + busyFraction
                + ", " + noAnswerFraction);
        }
        if (!(hangUpFraction >= 0 && hangUpFraction <= 1)) {
            throw new IllegalArgumentException("the called side ends a fraction of the answered calls: "
                + hangUpFraction);
        }
        if (ringAfterNs < 0 || answerAfterNs < 0 || holdNs < 0) {
            throw new IllegalArgumentException("subscribers cannot act before they are called: " + ringAfterNs + ", "
                + answerAfterNs + ", " + holdNs);
        }
    }

    /** 8 % busy, 6 % unanswered, the rest answered and 30 % of these ended by the called side. */
    public static CalledSide standard() {
        return new CalledSide(0.08, 0.06, 0.3, 20 * MS, 300 * MS, 1_000 * MS, true);
    }

    /** Everybody answers after exactly this time and never hangs up first. */
    public static CalledSide answering(final long ringAfterNs, final long answerAfterNs) {
        return new CalledSide(0, 0, 0, ringAfterNs, answerAfterNs, 0, false);
    }

    /**
     * The same times with one certain behaviour.
     *
     * @param behaviour busy, ring (nobody answers), answer, or hang-up (answers, and ends the call)
     */
    public CalledSide always(final String behaviour) {
        return switch (behaviour) {
            case "busy" -> new CalledSide(1, 0, 0, ringAfterNs, answerAfterNs, holdNs, exponential);
            case "ring" -> new CalledSide(0, 1, 0, ringAfterNs, answerAfterNs, holdNs, exponential);
            case "answer" -> new CalledSide(0, 0, 0, ringAfterNs, answerAfterNs, holdNs, exponential);
            case "hang-up" -> new CalledSide(0, 0, 1, ringAfterNs, answerAfterNs, holdNs, exponential);
            default -> throw new IllegalArgumentException("a called side's behaviour is busy, ring, answer or hang-up, "
                + "not '" + behaviour + "'");
        };
    }
}
