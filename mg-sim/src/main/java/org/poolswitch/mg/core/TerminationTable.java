// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.poolswitch.megaco.TerminationId;

/**
 * The circuits and the lines that are in calls. A circuit is {@code tdm/CIC}, which can be looked at also while it is
 * idle, or, where a gateway serves several routes that use the same circuit numbers, {@code tdm/OPC_DPC_CIC}; such a
 * one springs into being with its call, as lines do. Names are compared without regard to case.
 */
final class TerminationTable {
    /** Point codes and CIC without leading zeros: one circuit has one name. */
    private static final Pattern CIRCUIT =
        Pattern.compile("((?:0|[1-9][0-9]{0,9})_(?:0|[1-9][0-9]{0,9})_)?(0|[1-9][0-9]{0,4})");

    private final String trunkPrefix;
    private final String linePrefix;
    private final int firstTrunk;
    private final int lastTrunk;
    private final Map<String, Termination> circuits = new HashMap<>();
    private final Map<String, Termination> lines = new HashMap<>();

    TerminationTable(final MgConfig config) {
        trunkPrefix = config.trunkPrefix();
        linePrefix = config.linePrefix();
        firstTrunk = config.firstTrunk();
        lastTrunk = config.lastTrunk();
    }

    /** The termination of this name if it is a circuit or a line in a call, or an idle circuit, else null. */
    Termination find(final TerminationId id) {
        final Matcher circuit = circuit(id);
        if (circuit != null) {
            final Termination seized = circuits.get(circuit.group());
            final boolean routed = circuit.group(1) != null;
            return seized == null && !routed ? newCircuit(circuit.group()) : seized;
        }
        final String digits = digits(id);
        return digits == null ? null : lines.get(digits);
    }

    /** Whether the name is one of a circuit or a line of this gateway. */
    boolean isOurs(final TerminationId id) {
        return circuit(id) != null || digits(id) != null;
    }

    /** The termination of this name, which springs into being if it is not there. The name is {@link #isOurs ours}. */
    Termination seize(final TerminationId id) {
        final Matcher circuit = circuit(id);
        return circuit != null ? circuits.computeIfAbsent(circuit.group(), this::newCircuit)
            : lines.computeIfAbsent(digits(id), this::newLine);
    }

    private Termination newCircuit(final String name) {
        return new Termination(TerminationId.of(trunkPrefix + name), null);
    }

    private Termination newLine(final String digits) {
        return new Termination(TerminationId.of(linePrefix + digits), digits);
    }

    /** A termination left its context and vanishes. */
    void release(final Termination termination) {
        termination.reset();
        if (termination.isLine()) {
            lines.remove(termination.digits);
        } else {
            circuits.remove(termination.id.text().substring(trunkPrefix.length()));
        }
    }

    int lines() {
        return lines.size();
    }

    /** A circuit's name without the prefix, route (group 1) and CIC (group 2); or null if it is none of ours. */
    private Matcher circuit(final TerminationId id) {
        final String name = id.text();
        if (!name.regionMatches(true, 0, trunkPrefix, 0, trunkPrefix.length())) {
            return null;
        }
        final Matcher circuit = CIRCUIT.matcher(name.substring(trunkPrefix.length()));
        if (!circuit.matches()) {
            return null;
        }
        final int cic = Integer.parseInt(circuit.group(2));
        return cic >= firstTrunk && cic <= lastTrunk ? circuit : null;
    }

    /** The number behind the line prefix, or null; ISUP numbers have digits up to 15. */
    private String digits(final TerminationId id) {
        final String name = id.text();
        final int from = linePrefix.length();
        if (!name.regionMatches(true, 0, linePrefix, 0, from) || name.length() == from
            || name.length() > from + MgConfig.MAX_DIGITS) {
            return null;
        }
        for (int i = from; i < name.length(); i++) {
            if (Character.digit(name.charAt(i), 16) < 0) {
                return null;
            }
        }
        return name.substring(from).toLowerCase(Locale.ROOT);
    }
}
