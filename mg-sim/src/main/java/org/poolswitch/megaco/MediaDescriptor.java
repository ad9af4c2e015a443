// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code Media {...}} (RFC 3525 section 7.1.4). Without content it is the bare name, as in an audit of a termination
 * that has no media.
 *
 * @param streams the streams; one without a number has the id {@link StreamDescriptor#IMPLIED}
 * @param state   properties that belong to no stream, or null
 */
public record MediaDescriptor(List<StreamDescriptor> streams, TerminationState state) implements Descriptor {
    public MediaDescriptor {
        streams = List.copyOf(streams);
    }

    /** A single, unnumbered stream with this mode. */
    public static MediaDescriptor of(final StreamMode mode) {
        return new MediaDescriptor(List.of(new StreamDescriptor(StreamDescriptor.IMPLIED, LocalControl.of(mode), null,
            null)), null);
    }
}
