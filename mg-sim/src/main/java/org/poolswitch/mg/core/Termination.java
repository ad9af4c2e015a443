// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.ArrayDeque;
import java.util.Deque;
import org.poolswitch.megaco.EventsDescriptor;
import org.poolswitch.megaco.MediaDescriptor;
import org.poolswitch.megaco.ObservedEvent;
import org.poolswitch.megaco.RequestedEvent;
import org.poolswitch.megaco.SignalsDescriptor;
import org.poolswitch.megaco.TerminationId;

/** A circuit or a called line, and what a controller has set on it. */
final class Termination {
    final TerminationId id;
    /** Null for a circuit. */
    final String digits;
    final Deque<ObservedEvent> observed = new ArrayDeque<>(4);
    MgContext context;
    long addedNs;
    EventsDescriptor events = EventsDescriptor.none();
    SignalsDescriptor signals = SignalsDescriptor.none();
    MediaDescriptor media;
    /** Who answers there; null for a circuit. */
    CalledParty party;

    Termination(final TerminationId id, final String digits) {
        this.id = id;
        this.digits = digits;
    }

    boolean isLine() {
        return digits != null;
    }

    /** Whether the controller wants to hear of this event. */
    boolean wants(final String event) {
        final int slash = event.indexOf('/');
        for (final RequestedEvent requested : events.events()) {
            final String name = requested.name();
            if (name.equalsIgnoreCase(event) || name.equals("*/*")
                || name.endsWith("/*") && name.regionMatches(true, 0, event, 0, slash + 1)
                && name.length() == slash + 2) {
                return true;
            }
        }
        return false;
    }

    /** As it is in no context. */
    void reset() {
        context = null;
        events = EventsDescriptor.none();
        signals = SignalsDescriptor.none();
        media = null;
        observed.clear();
    }
}
