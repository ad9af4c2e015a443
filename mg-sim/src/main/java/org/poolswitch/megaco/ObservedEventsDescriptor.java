// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code ObservedEvents = requestId {1*event}} (RFC 3525 section 7.1.17); the bare name in an audit of a termination
 * that has observed nothing.
 *
 * @param requestId of the Events descriptor that asked; {@link EventsDescriptor#NO_REQUEST} exactly if there are no
 *                  events
 * @param events    what was observed, oldest first
 */
public record ObservedEventsDescriptor(long requestId, List<ObservedEvent> events) implements Descriptor {
    public ObservedEventsDescriptor {
        events = List.copyOf(events);
        if (events.isEmpty() != (requestId == EventsDescriptor.NO_REQUEST)) {
            throw new IllegalArgumentException("observed events and their request id go together");
        }
    }

    /** These events. */
    public static ObservedEventsDescriptor of(final long requestId, final ObservedEvent... events) {
        return new ObservedEventsDescriptor(requestId, List.of(events));
    }

    /** Nothing was observed. */
    public static ObservedEventsDescriptor none() {
        return new ObservedEventsDescriptor(EventsDescriptor.NO_REQUEST, List.of());
    }

    /** Whether this event ({@code package/item}) is among them. */
    public boolean has(final String name) {
        for (final ObservedEvent event : events) {
            if (event.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
