// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code Signals {*signal}} (RFC 3525 section 7.1.11). Without content it stops all signals.
 *
 * @param signals what to play
 * @param lists   signal lists, kept as they came
 */
public record SignalsDescriptor(List<Signal> signals, List<OpaqueDescriptor> lists) implements Descriptor {
    public SignalsDescriptor {
        signals = List.copyOf(signals);
        lists = List.copyOf(lists);
    }

    /** These signals ({@code package/item}), which have no parameters. */
    public static SignalsDescriptor of(final String... names) {
        final Signal[] signals = new Signal[names.length];
        for (int i = 0; i < names.length; i++) {
            signals[i] = Signal.of(names[i]);
        }
        return new SignalsDescriptor(List.of(signals), List.of());
    }

    /** Stops all signals. */
    public static SignalsDescriptor none() {
        return new SignalsDescriptor(List.of(), List.of());
    }
}
