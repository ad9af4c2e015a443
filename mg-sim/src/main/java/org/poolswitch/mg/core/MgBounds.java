// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

/**
 * Limits of the gateway.
 *
 * @param maxContexts            calls at a time; 8192 is twice the 12-bit circuits of one route
 * @param maxPerContext          terminations in one context; a call has 2, a conference bridge some more
 * @param maxControllers         controllers known by their mId; far more than a pool has
 * @param maxStoredReplies       replies kept for duplicates; 65536 are 1000 transactions a second for a minute
 * @param maxObservedEvents      events kept for audit on a termination; a call has 3
 * @param maxSeizures            seizure records kept; the oldest goes first
 * @param maxRepliedCommands     command replies in one answer to a wildcard; more is error 533
 * @param maxMessageOctets       longest message read
 * @param maxHeldMessages        messages that wait because the process was stopped and it is not clear yet whether
 *                               their controllers are still there; a controller that says more is let go
 */
public record MgBounds(int maxContexts, int maxPerContext, int maxControllers, int maxStoredReplies,
    int maxObservedEvents, int maxSeizures, int maxRepliedCommands, int maxMessageOctets,
    int maxHeldMessages) {

    public MgBounds {
        if (maxContexts < 1 || maxContexts > 1 << 20) {
            throw new IllegalArgumentException("a gateway has 1 to 1048576 contexts: " + maxContexts);
        }
        if (maxPerContext < 2) {
            throw new IllegalArgumentException("a call needs two terminations in a context: " + maxPerContext);
        }
        if (maxControllers < 1 || maxStoredReplies < 1 || maxObservedEvents < 1 || maxSeizures < 1
            || maxRepliedCommands < 1 || maxHeldMessages < 1) {
            throw new IllegalArgumentException("every limit of the gateway is at least 1: " + maxControllers + ", "
                + maxStoredReplies + ", " + maxObservedEvents + ", " + maxSeizures + ", " + maxRepliedCommands + ", "
                + maxHeldMessages);
        }
        if (maxMessageOctets < 256) {
            throw new IllegalArgumentException("a claim does not fit into " + maxMessageOctets + " octets");
        }
    }

    /** The defaults. */
    public static MgBounds standard() {
        return new MgBounds(8192, 8, 256, 65_536, 16, 200_000, 512, 65_535, 4_096);
    }

    /** The same with room for this many calls. */
    public MgBounds withContexts(final int contexts) {
        return new MgBounds(contexts, maxPerContext, maxControllers, maxStoredReplies, maxObservedEvents, maxSeizures,
            maxRepliedCommands, maxMessageOctets, maxHeldMessages);
    }

    /** One line for operators; contexts are told with the circuits. */
    public String describe() {
        return "at most " + maxPerContext + " terminations in a context, " + maxControllers + " controllers, "
            + maxStoredReplies + " kept replies, " + maxObservedEvents + " observed events of a termination, "
            + maxSeizures + " seizures, " + maxRepliedCommands + " command replies to a wildcard, messages of "
            + maxMessageOctets + " octets, " + maxHeldMessages + " of them after a pause";
    }
}
