// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.Mid;

/**
 * A called number was put into a call.
 *
 * @param digits     the called number
 * @param context    the call's context
 * @param trunk      name of the circuit in that context, or an empty string
 * @param controller who asked for it
 * @param atNs       when, on the machine's clock
 */
public record Seizure(String digits, ContextId context, String trunk, Mid controller, long atNs) {
    /** The heading of {@link #toCsv()}. */
    public static final String CSV_HEADING = "called_number,context,trunk,controller,at_ns";

    /** One line of a table. */
    public String toCsv() {
        return digits + ',' + context + ',' + trunk + ',' + controller + ',' + atNs;
    }
}
