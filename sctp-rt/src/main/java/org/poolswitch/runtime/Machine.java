// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/**
 * Protocol logic with no thread, socket, clock or dice of its own.
 *
 * <p>Time arrives as {@code nowNs}: nanoseconds of a monotonic clock whose origin means nothing. Randomness arrives at
 * construction. Inputs are {@code onX(..., nowNs)}, commands return a small status, outputs wait until the driver
 * drains them; nothing calls up and nothing re-enters. One thread owns a machine for life.
 */
public interface Machine {
    /** The value of {@link #nextDeadlineNs()} that means: no timer is running. */
    long NO_DEADLINE = Long.MAX_VALUE;

    /** Answers, and begins nothing by itself. */
    Machine IDLE = new Machine() {
        @Override
        public long nextDeadlineNs() {
            return NO_DEADLINE;
        }

        @Override
        public void onDeadline(final long nowNs) {
        }
    };

    /** When this machine next wants {@link #onDeadline}, or {@link #NO_DEADLINE}. Changes nothing. */
    long nextDeadlineNs();

    /** Fires every timer due at {@code nowNs}. Harmless when none is due. */
    void onDeadline(long nowNs);
}
