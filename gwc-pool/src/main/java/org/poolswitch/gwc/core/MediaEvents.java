// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.megaco.ActionReply;
import org.poolswitch.megaco.CommandReply;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.Descriptor;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.ObservedEvent;
import org.poolswitch.megaco.ObservedEventsDescriptor;
import org.poolswitch.megaco.Parameter;
import org.poolswitch.megaco.StatisticsDescriptor;
import org.poolswitch.megaco.TransactionReply;
import org.poolswitch.megaco.TransactionRequest;
import org.poolswitch.megaco.Verb;

/** What a media gateway says about a call's line: by Notify (RFC 3525 section 7.2.7), or in the audit of a claim. */
final class MediaEvents {
    private static final String DURATION = "nt/dur";
    private static final long MS = 1_000_000L;

    private final MediaCommands commands;
    private final CallServices services;

    MediaEvents(final MediaCommands commands, final CallServices services) {
        this.commands = commands;
        this.services = services;
    }

    /** The reply to what the gateway asks. @param events the line's events in it are added here, in their order */
    TransactionReply reply(final TransactionRequest request, final List<String> events) {
        return TransactionReply.to(request, command -> onNotify(command, events));
    }

    private CommandReply onNotify(final CommandRequest command, final List<String> events) {
        if (command.verb() != Verb.NOTIFY) {
            return CommandReply.error(command.verb(), command.termination(), ErrorCode.UNSUPPORTED_COMMAND,
                "a controller sends this command");
        }
        if (commands.isLine(command.termination())) {
            events.addAll(observed(command.descriptors()));
        } else {
            // of a call that a former self of this controller had: whoever claims that one finds it by audit
            services.count(GwcCounter.UNEXPECTED);
        }
        return CommandReply.of(Verb.NOTIFY, command.termination());
    }

    /** Events that an audit found, in their order. */
    static List<String> found(final TransactionReply reply) {
        final List<String> events = new ArrayList<>();
        for (final ActionReply action : reply.actions()) {
            for (final CommandReply command : action.commands()) {
                events.addAll(observed(command.descriptors()));
            }
        }
        return events;
    }

    /**
     * For how long the line is in its context, by the gateway's own clock: statistic {@code nt/dur}, in milliseconds
     * (RFC 3525 annex E.11).
     *
     * @return nanoseconds, or -1 if the gateway does not say
     */
    static long age(final TransactionReply reply) {
        for (final ActionReply action : reply.actions()) {
            for (final CommandReply command : action.commands()) {
                final StatisticsDescriptor all = Descriptor.find(command.descriptors(), StatisticsDescriptor.class);
                for (final Parameter each : all == null ? List.<Parameter>of() : all.statistics()) {
                    if (each.name().equalsIgnoreCase(DURATION) && each.value() != null
                        && each.value().matches("[0-9]{1,12}")) {
                        return Long.parseLong(each.value()) * MS;
                    }
                }
            }
        }
        return -1;
    }

    private static List<String> observed(final List<Descriptor> descriptors) {
        final ObservedEventsDescriptor events = Descriptor.find(descriptors, ObservedEventsDescriptor.class);
        return events == null ? List.of() : events.events().stream().map(ObservedEvent::name).toList();
    }
}
