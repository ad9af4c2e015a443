// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code TerminationState {...}} (RFC 3525 section 7.1.5).
 *
 * @param serviceState whether it can be used, or null
 * @param lockStep     event buffer control: true for LockStep, false for OFF, null if not said
 * @param properties   package properties
 */
public record TerminationState(ServiceState serviceState, Boolean lockStep, List<Parameter> properties) {
    public TerminationState {
        properties = List.copyOf(properties);
    }

    /** Only a service state. */
    public static TerminationState of(final ServiceState serviceState) {
        return new TerminationState(serviceState, null, List.of());
    }
}
