// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

/**
 * Bounds of what is done about elements of other registrars that users report here.
 *
 * @param homeTimeoutNs how long the home registrar may take to say that the element lives or is gone, 1 ms or more
 * @param mostAtOnce    such elements that are asked, or whose home is, at a time; further reports are dropped and
 *                      counted
 */
public record ForeignLimits(long homeTimeoutNs, int mostAtOnce) {
    static final ForeignLimits CARRIER = new ForeignLimits(400_000_000L, 1000);
    static final ForeignLimits RFC = new ForeignLimits(5_000_000_000L, 1000);

    public ForeignLimits {
        if (homeTimeoutNs < 1_000_000L) {
            throw new IllegalArgumentException("a home registrar must have 1 ms or more to look at an element");
        }
        if (mostAtOnce < 1 || mostAtOnce > 100_000) {
            throw new IllegalArgumentException("1 to 100000 reported elements of other registrars can be looked at "
                + "at a time, not " + mostAtOnce);
        }
    }
}
