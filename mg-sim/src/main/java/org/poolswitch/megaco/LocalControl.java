// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code LocalControl {...}} (RFC 3525 section 7.1.7).
 *
 * @param mode          which way media flows, or null
 * @param reservedValue keep resources for all alternative values, or null if not said
 * @param reservedGroup keep resources for all alternative groups, or null if not said
 * @param properties    package properties
 */
public record LocalControl(StreamMode mode, Boolean reservedValue, Boolean reservedGroup,
    List<Parameter> properties) {

    public LocalControl {
        properties = List.copyOf(properties);
    }

    /** Only a mode. */
    public static LocalControl of(final StreamMode mode) {
        return new LocalControl(mode, null, null, List.of());
    }
}
