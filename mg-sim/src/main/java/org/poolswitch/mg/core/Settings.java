// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.megaco.AuditDescriptor;
import org.poolswitch.megaco.CommandRequest;
import org.poolswitch.megaco.Descriptor;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.ErrorDescriptor;
import org.poolswitch.megaco.EventsDescriptor;
import org.poolswitch.megaco.LocalControl;
import org.poolswitch.megaco.MediaDescriptor;
import org.poolswitch.megaco.PackageItem;
import org.poolswitch.megaco.RequestedEvent;
import org.poolswitch.megaco.Signal;
import org.poolswitch.megaco.SignalsDescriptor;
import org.poolswitch.megaco.StreamDescriptor;

/** What a controller sets on a termination: checked as a whole first, then applied as a whole. */
final class Settings {
    private final Gateway gateway;

    Settings(final Gateway gateway) {
        this.gateway = gateway;
    }

    /** The first thing that this gateway cannot do, or null. */
    ErrorDescriptor check(final CommandRequest command) {
        for (final Descriptor descriptor : command.descriptors()) {
            final ErrorDescriptor wrong = check(descriptor);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static ErrorDescriptor check(final Descriptor descriptor) {
        if (descriptor instanceof EventsDescriptor events) {
            for (final RequestedEvent event : events.events()) {
                final ErrorDescriptor wrong = Packages.checkEvent(event.name());
                if (wrong != null) {
                    return wrong;
                }
            }
        } else if (descriptor instanceof SignalsDescriptor signals) {
            for (final Signal signal : signals.signals()) {
                final ErrorDescriptor wrong = Packages.checkSignal(signal.name());
                if (wrong != null) {
                    return wrong;
                }
            }
        } else if (!(descriptor instanceof MediaDescriptor) && !(descriptor instanceof AuditDescriptor)) {
            return Refusal.of(ErrorCode.UNSUPPORTED_DESCRIPTOR, "a descriptor that this gateway does not know");
        }
        return null;
    }

    /** Sets what was checked. Events make the sender the owner of the context. */
    void apply(final CommandRequest command, final Termination termination, final Work work) {
        final MgContext context = termination.context;
        final EventsDescriptor events = command.find(EventsDescriptor.class);
        if (events != null) {
            termination.events = events;
            if (context.owner != work.sender) {
                gateway.setOwner(context, work.sender);
                gateway.counters.increment(MgCounter.CLAIMS);
                work.claimed.add(context);
            }
        }
        context.heardOn(work.association, work.stream);
        final MediaDescriptor media = command.find(MediaDescriptor.class);
        if (media != null) {
            termination.media = merge(termination.media, media);
        }
        final SignalsDescriptor signals = command.find(SignalsDescriptor.class);
        if (signals != null) {
            termination.signals = signals;
            signal(termination, signals, work.nowNs);
        }
    }

    private static void signal(final Termination termination, final SignalsDescriptor signals, final long nowNs) {
        if (termination.party == null) {
            return;
        }
        for (final Signal signal : signals.signals()) {
            if (signal.name().equalsIgnoreCase(PackageItem.RING)) {
                termination.party.ring(nowNs);
                return;
            }
        }
        termination.party.stopRinging();
    }

    /** What is not mentioned stays (RFC 3525 section 7.2.2). */
    private static MediaDescriptor merge(final MediaDescriptor old, final MediaDescriptor update) {
        if (old == null) {
            return update;
        }
        final List<StreamDescriptor> streams = new ArrayList<>(old.streams());
        for (final StreamDescriptor change : update.streams()) {
            int at = 0;
            while (at < streams.size() && streams.get(at).id() != change.id()) {
                at++;
            }
            if (at == streams.size()) {
                // every stream must be named in one message, so there can be no more than the decoder lets through
                streams.add(change);
            } else {
                streams.set(at, merge(streams.get(at), change));
            }
        }
        return new MediaDescriptor(streams, update.state() == null ? old.state() : update.state());
    }

    private static StreamDescriptor merge(final StreamDescriptor old, final StreamDescriptor update) {
        final LocalControl control = update.control();
        return new StreamDescriptor(old.id(), control == null ? old.control() : control,
            update.local() == null ? old.local() : update.local(),
            update.remote() == null ? old.remote() : update.remote());
    }
}
