// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/** A parameter of a command or a reply (RFC 3525 section 7.1). */
public sealed interface Descriptor
    permits MediaDescriptor, EventsDescriptor, SignalsDescriptor, ObservedEventsDescriptor, AuditDescriptor,
    ServiceChangeDescriptor, StatisticsDescriptor, ErrorDescriptor, OpaqueDescriptor {

    /** The first one of this kind, or null. */
    static <D extends Descriptor> D find(final List<Descriptor> descriptors, final Class<D> kind) {
        for (final Descriptor descriptor : descriptors) {
            if (kind.isInstance(descriptor)) {
                return kind.cast(descriptor);
            }
        }
        return null;
    }
}
