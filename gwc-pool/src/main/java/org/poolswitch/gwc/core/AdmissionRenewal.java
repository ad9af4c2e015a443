// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

/**
 * When a controller that took calls over has them admitted as its own. A takeover brings many calls at once and their
 * set-ups come first, so renewals wait and then go out one after another.
 *
 * @param delayNs how long the first one waits; until then a gatekeeper's limits know the call by its old controller
 * @param gapNs   pause between two of them
 * @param slots   places in the queue: more calls than that share places, so the last one waits {@code delayNs} and
 *                {@code slots} gaps at most
 */
public record AdmissionRenewal(long delayNs, long gapNs, int slots) {
    private static final long MS = 1_000_000L;

    public AdmissionRenewal {
        if (delayNs <= 0 || gapNs < 0 || slots < 1) {
            throw new IllegalArgumentException("admissions are renewed after a positive delay, in one slot or more, "
                + "and a gap is not negative");
        }
        if (slots > 1 && gapNs > Long.MAX_VALUE / 2 / slots) {
            throw new IllegalArgumentException("the last renewal would never come: " + slots + " gaps of " + gapNs
                + " ns");
        }
    }

    /** 500 a second after 200 ms, when set-ups that the takeover interrupted are through; 0.7 s for all at most. */
    public static AdmissionRenewal standard() {
        return new AdmissionRenewal(200 * MS, 2 * MS, 256);
    }
}
