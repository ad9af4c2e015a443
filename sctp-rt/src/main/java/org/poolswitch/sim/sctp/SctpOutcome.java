// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

/**
 * What happened in one world or in several.
 *
 * @param sent         messages that a transport accepted
 * @param delivered    messages that the peer's user got
 * @param handedBack   messages that came back with the end of their association
 * @param abandoned    messages whose lifetime was over, or whose stream the peer did not have
 * @param associations ends of associations
 * @param resets       stream resets that were carried out
 * @param restarts     associations whose peer had restarted (RFC 9260 section 5.2)
 */
public record SctpOutcome(long sent, long delivered, long handedBack, long abandoned, long associations, long resets,
    long restarts) {
    /** Nothing happened. */
    public static final SctpOutcome NOTHING = new SctpOutcome(0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public SctpOutcome plus(final SctpOutcome o) {
        return new SctpOutcome(sent + o.sent, delivered + o.delivered, handedBack + o.handedBack,
            abandoned + o.abandoned, associations + o.associations, resets + o.resets, restarts + o.restarts);
    }

    @Override
    public String toString() {
        return sent + " messages sent, " + delivered + " received, " + handedBack + " handed back, " + abandoned
            + " abandoned; " + associations + " ends of associations, " + restarts + " restarts, " + resets
            + " stream resets";
    }
}
