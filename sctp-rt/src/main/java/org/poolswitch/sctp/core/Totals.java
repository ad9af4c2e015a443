// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.SctpConfig;

/** What all associations of one endpoint hold together, so that ten thousand of them cannot fill the heap. */
final class Totals {
    /** A message takes up so much of a send buffer at least: a tiny one costs 216 octets to keep. */
    private static final int LEAST_MESSAGE = 256;

    long sendOctets;
    long receiveOctets;
    int sendMessages;

    /** How many messages a send buffer of so many octets holds at most. */
    static long mostMessages(final long octets) {
        return Math.max(1, octets / LEAST_MESSAGE);
    }

    /** More than half of Send.Total is used: whoever waits for room waits on. */
    boolean isCrowded(final SctpConfig config) {
        return sendOctets > config.totalSendOctets() / 2
            || sendMessages > mostMessages(config.totalSendOctets()) / 2;
    }
}
