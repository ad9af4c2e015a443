// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code Audit {*item}} (RFC 3525 section 7.1.12).
 *
 * @param items  what is asked for; nothing at all is legal
 * @param others items with content (version 2 and later), kept as they came
 */
public record AuditDescriptor(List<AuditItem> items, List<OpaqueDescriptor> others) implements Descriptor {
    public AuditDescriptor {
        items = List.copyOf(items);
        others = List.copyOf(others);
    }

    /** These items. */
    public static AuditDescriptor of(final AuditItem... items) {
        return new AuditDescriptor(List.of(items), List.of());
    }
}
