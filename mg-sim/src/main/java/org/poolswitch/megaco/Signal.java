// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * One signal.
 *
 * @param name       {@code package/item}
 * @param parameters its own parameters, and Stream, SignalType, Duration, NotifyCompletion, KeepActive by their long
 *                   names
 */
public record Signal(String name, List<Parameter> parameters) {
    public Signal {
        parameters = List.copyOf(parameters);
    }

    /** A signal without parameters. */
    public static Signal of(final String name) {
        return new Signal(name, List.of());
    }
}
