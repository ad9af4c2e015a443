// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

/**
 * Times of the gateway, in nanoseconds.
 *
 * @param longTimerNs          how long a reply is kept for duplicates: LONG-TIMER of RFC 3525 section D.1, 30 s
 * @param notifyRetryNs        first repetition of an unacknowledged Notify; the transport is reliable, so this only
 *                             helps a controller that lost it inside
 * @param notifyRetryMaxNs     repetitions slow down to this
 * @param serviceChangeRetryNs repetition of an unanswered ServiceChange
 * @param serviceChangeTries   how often it is sent on one association; controllers that do not answer are used anyway
 */
public record MgTimers(long longTimerNs, long notifyRetryNs, long notifyRetryMaxNs, long serviceChangeRetryNs,
    int serviceChangeTries) {

    private static final long MS = 1_000_000L;

    public MgTimers {
        if (longTimerNs < notifyRetryMaxNs || notifyRetryNs < MS || notifyRetryMaxNs < notifyRetryNs) {
            throw new IllegalArgumentException("Notify is repeated after at least 1 ms, then more slowly, and within "
                + "the time for which the other end remembers it: " + notifyRetryNs + ", " + notifyRetryMaxNs + ", "
                + longTimerNs);
        }
        if (serviceChangeRetryNs < MS || serviceChangeTries < 1) {
            throw new IllegalArgumentException("ServiceChange is sent at least once, and again after at least 1 ms: "
                + serviceChangeTries + ", " + serviceChangeRetryNs);
        }
    }

    /** The defaults. */
    public static MgTimers standard() {
        return new MgTimers(30_000 * MS, 500 * MS, 4_000 * MS, 1_000 * MS, 5);
    }

    /** One line for operators. */
    public String describe() {
        return "replies are kept " + longTimerNs / MS + " ms; Notify is repeated after " + notifyRetryNs / MS
            + " ms, at last every " + notifyRetryMaxNs / MS + " ms; ServiceChange up to " + serviceChangeTries
            + " times, every " + serviceChangeRetryNs / MS + " ms";
    }
}
