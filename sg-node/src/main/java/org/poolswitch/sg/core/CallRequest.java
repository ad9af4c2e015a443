// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

/**
 * A call that somebody wants to place.
 *
 * @param index      its number, from 0
 * @param intendedNs when it was meant to start, whatever happened since
 * @param called     called number, digits
 * @param calling    calling number, digits
 * @param giveUpNs   the caller gives up after so long without answer; 0 = never
 * @param holdNs     the caller releases so long after the answer; 0 = waits for the called side
 */
public record CallRequest(long index, long intendedNs, String called, String calling, long giveUpNs, long holdNs) {
    /** How long its caller waits where the network would wait {@code limitNs}. */
    long patienceNs(final long limitNs) {
        return giveUpNs > 0 ? Math.min(limitNs, giveUpNs) : limitNs;
    }
}
