// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SendBuffers;

/** What all associations of one endpoint hold together, so that ten thousand of them cannot fill the heap. */
final class Totals {
    long sendOctets;
    long receiveOctets;
    int sendMessages;

    /** More than half of Send.Total is used: whoever waits for room waits on. */
    boolean isCrowded(final SctpConfig config) {
        return sendOctets > config.totalSendOctets() / 2
            || sendMessages > SendBuffers.mostMessages(config.totalSendOctets()) / 2;
    }
}
