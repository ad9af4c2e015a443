// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.poolswitch.sctp.SctpConfig;

/** The standard's default values with some of them changed by name. */
final class Settings {
    private Settings() {
    }

    /** @param changes names of components of {@link SctpConfig}, each followed by its value */
    static SctpConfig rfcWith(final Object... changes) {
        final RecordComponent[] components = SctpConfig.class.getRecordComponents();
        final Object[] values = new Object[components.length];
        int used = 0;
        try {
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getAccessor().invoke(SctpConfig.rfc());
                final int change = Arrays.asList(changes).indexOf(components[i].getName());
                if (change >= 0) {
                    values[i] = changes[change + 1];
                    used += 2;
                }
            }
            if (used != changes.length) {
                throw new IllegalArgumentException("SctpConfig has not all of " + Arrays.toString(changes));
            }
            return SctpConfig.class.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new)).newInstance(values);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("SctpConfig cannot be copied", e);
        }
    }
}
