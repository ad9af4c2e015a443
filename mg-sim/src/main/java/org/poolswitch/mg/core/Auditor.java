// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.megaco.AuditDescriptor;
import org.poolswitch.megaco.AuditItem;
import org.poolswitch.megaco.CommandReply;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.Descriptor;
import org.poolswitch.megaco.EventsDescriptor;
import org.poolswitch.megaco.MediaDescriptor;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.ObservedEventsDescriptor;
import org.poolswitch.megaco.Parameter;
import org.poolswitch.megaco.ServiceChangeDescriptor;
import org.poolswitch.megaco.ServiceState;
import org.poolswitch.megaco.StatisticsDescriptor;
import org.poolswitch.megaco.TerminationState;
import org.poolswitch.megaco.Verb;

/** Answers what terminations are like. Descriptors without content are left out of the answers. */
final class Auditor {
    private static final long MS = 1_000_000L;

    /** The reply to a command on a termination, with what its Audit descriptor asks for. */
    CommandReply audit(final CommandRequest command, final Termination termination, final long nowNs) {
        final List<Descriptor> found = new ArrayList<>(2);
        final AuditDescriptor audit = command.find(AuditDescriptor.class);
        if (audit != null) {
            for (final AuditItem item : audit.items()) {
                add(found, item, termination, nowNs);
            }
        } else if (command.verb() == Verb.SUBTRACT) {
            // "by default, the Statistics parameter is returned" (RFC 3525 section 7.2.3)
            add(found, AuditItem.STATISTICS, termination, nowNs);
        }
        return new CommandReply(command.verb(), termination.id, List.of(), found);
    }

    private static void add(final List<Descriptor> found, final AuditItem item, final Termination termination,
        final long nowNs) {
        switch (item) {
            case MEDIA -> found.add(termination.media != null ? termination.media : state(true));
            case EVENTS -> {
                if (!termination.events.events().isEmpty()) {
                    found.add(termination.events);
                }
            }
            case SIGNALS -> {
                if (!termination.signals.signals().isEmpty() || !termination.signals.lists().isEmpty()) {
                    found.add(termination.signals);
                }
            }
            case OBSERVED_EVENTS -> {
                if (!termination.observed.isEmpty()) {
                    final long request = termination.events.requestId();
                    found.add(new ObservedEventsDescriptor(request == EventsDescriptor.NO_REQUEST ? 0 : request,
                        List.copyOf(termination.observed)));
                }
            }
            case STATISTICS -> {
                if (termination.context != null) {
                    found.add(StatisticsDescriptor.of(Parameter.of("nt/dur",
                        Long.toString((nowNs - termination.addedNs) / MS))));
                }
            }
            case PACKAGES -> found.add(Packages.descriptor());
            default -> {
                return;
            }
        }
    }

    /** The gateway itself. */
    CommandReply root(final CommandRequest command, final boolean closing) {
        final List<Descriptor> found = new ArrayList<>(1);
        final AuditDescriptor audit = command.find(AuditDescriptor.class);
        if (audit != null && audit.items().contains(AuditItem.MEDIA)) {
            found.add(state(!closing));
        }
        if (audit != null && audit.items().contains(AuditItem.PACKAGES)) {
            found.add(Packages.descriptor());
        }
        return new CommandReply(command.verb(), command.termination(), List.of(), found);
    }

    private static MediaDescriptor state(final boolean inService) {
        return new MediaDescriptor(List.of(), TerminationState.of(inService ? ServiceState.IN_SERVICE
            : ServiceState.OUT_OF_SERVICE));
    }

    /** A controller comes, goes or hands over; who owns what is told by Events, so nothing changes. */
    CommandReply serviceChange(final CommandRequest command) {
        return CommandReply.of(Verb.SERVICE_CHANGE, command.termination(),
            ServiceChangeDescriptor.reply(MegacoMessage.VERSION));
    }
}
