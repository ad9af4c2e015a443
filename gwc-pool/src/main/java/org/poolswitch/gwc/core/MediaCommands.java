// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.megaco.ActionRequest;
import org.poolswitch.megaco.AuditDescriptor;
import org.poolswitch.megaco.AuditItem;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.EventsDescriptor;
import org.poolswitch.megaco.MediaDescriptor;
import org.poolswitch.megaco.SignalsDescriptor;
import org.poolswitch.megaco.StreamMode;
import org.poolswitch.megaco.TerminationId;

/** What a call asks of its media gateway: commands for its circuit and its called line (RFC 3525 section 7.2). */
final class MediaCommands {
    private static final String[] LINE_EVENTS = {"cd/rt", "cd/bt", "cd/ct", "al/of", "al/on"};
    /** An event of the circuit that no gateway has to detect: to ask for it is to claim the context. */
    private static final String CIRCUIT_EVENT = "g/cause";

    private final Call call;

    MediaCommands(final Call call) {
        this.call = call;
    }

    private TerminationId trunk() {
        return TerminationId.of(call.services.config().trunkPrefix() + call.circuit.name());
    }

    private TerminationId line() {
        return TerminationId.of(call.services.config().linePrefix() + call.called);
    }

    boolean isLine(final TerminationId termination) {
        return termination.text().equalsIgnoreCase(line().text());
    }

    private EventsDescriptor lineEvents() {
        return EventsDescriptor.of(call.reference, LINE_EVENTS);
    }

    /** A new context of circuit and line, whose telephone rings. */
    ActionRequest add() {
        return ActionRequest.of(ContextId.CHOOSE,
            CommandRequest.add(trunk(), MediaDescriptor.of(StreamMode.SEND_RECEIVE)),
            CommandRequest.add(line(), MediaDescriptor.of(StreamMode.SEND_RECEIVE), lineEvents(),
                SignalsDescriptor.of("al/ri")));
    }

    /** Claims whatever context the circuit is in. */
    ActionRequest search() {
        return ActionRequest.of(ContextId.ALL, CommandRequest.modify(trunk(),
            EventsDescriptor.of(call.reference, CIRCUIT_EVENT)));
    }

    /** Our Events descriptor makes us a context's owner, the audit tells what its line has done, and for how long. */
    ActionRequest claim(final long context) {
        return ActionRequest.of(ContextId.of(context), CommandRequest.modify(line(), lineEvents(),
            AuditDescriptor.of(AuditItem.OBSERVED_EVENTS, AuditItem.STATISTICS)));
    }

    /**
     * What our context's line has done, and where to tell us from now on. Without an Events descriptor it claims
     * nothing: a controller that was cut off from everybody must not take back what others have taken over.
     */
    ActionRequest renew(final long context) {
        return ActionRequest.of(ContextId.of(context), CommandRequest.modify(line(),
            AuditDescriptor.of(AuditItem.OBSERVED_EVENTS)));
    }

    /** Whether the circuit is in a context, claiming nothing. */
    ActionRequest audit() {
        return ActionRequest.of(ContextId.ALL, CommandRequest.auditValue(trunk()));
    }

    /** Takes a context down. */
    static ActionRequest subtract(final long context) {
        return ActionRequest.of(ContextId.of(context), CommandRequest.subtract(TerminationId.ALL));
    }
}
