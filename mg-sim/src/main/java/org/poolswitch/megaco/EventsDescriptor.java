// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code Events = requestId {1*event}}, or the bare name for "no events" (RFC 3525 section 7.1.9). Whoever sets it owns
 * the context at our gateway.
 *
 * @param requestId named by the Notifies that these events cause; {@link #NO_REQUEST} exactly if there are no events
 * @param events    what to report
 */
public record EventsDescriptor(long requestId, List<RequestedEvent> events) implements Descriptor {
    /** No request: the descriptor is empty. */
    public static final long NO_REQUEST = -1;
    /** {@code *}: all requests. */
    public static final long ALL_REQUESTS = -2;

    public EventsDescriptor {
        events = List.copyOf(events);
        if (events.isEmpty() != (requestId == NO_REQUEST)) {
            throw new IllegalArgumentException("events and their request id go together");
        }
    }

    /** Reports these events ({@code package/item}), which have no parameters. */
    public static EventsDescriptor of(final long requestId, final String... names) {
        final RequestedEvent[] events = new RequestedEvent[names.length];
        for (int i = 0; i < names.length; i++) {
            events[i] = RequestedEvent.of(names[i]);
        }
        return new EventsDescriptor(requestId, List.of(events));
    }

    /** Reports nothing. */
    public static EventsDescriptor none() {
        return new EventsDescriptor(NO_REQUEST, List.of());
    }
}
