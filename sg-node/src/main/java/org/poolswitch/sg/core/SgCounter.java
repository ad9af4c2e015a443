// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.util.Locale;
import org.poolswitch.observe.CounterDescriptor;

/** What a signaling gateway counts. */
public enum SgCounter implements CounterDescriptor {
    CALLS_OFFERED("Calls that were to be placed."),
    CALLS_BLOCKED("Calls not placed because no circuit was idle or the queue was full."),
    CALLS_COMPLETED("Calls answered and released in good order."),
    CALLS_BUSY("Calls to a busy line."),
    CALLS_NO_ANSWER("Calls that nobody answered."),
    CALLS_ABANDONED("Calls that the caller gave up before the answer."),
    CALLS_REJECTED("Calls refused by admission."),
    CALLS_LOST("Calls that ended for a reason of the network's."),
    CALLS_DOUBLED("Backward messages that two controllers sent for one call."),
    MESSAGES_FORWARD("ISUP messages sent."),
    MESSAGES_BACKWARD("ISUP messages received."),
    DUPLICATES("Backward messages repeated after a failover and ignored."),
    UNEXPECTED("Backward messages that fit no call."),
    MALFORMED("Backward messages that break the format."),
    FAILOVERS("Circuits that moved to another controller.");

    private final String help;

    SgCounter(final String help) {
        this.help = help;
    }

    @Override
    public String id() {
        return "sg_" + name().toLowerCase(Locale.ROOT) + "_total";
    }

    @Override
    public String help() {
        return help;
    }
}
