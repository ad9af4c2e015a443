// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.poolswitch.megaco.TerminationId;

/**
 * The circuits and the lines that are in calls. A circuit is {@code tdm/CIC}, made beforehand, or, where a gateway
 * serves
 * several routes that use the same circuit numbers, {@code tdm/OPC_DPC_CIC}; such a one springs into being with its
 * call, as lines do. Names are compared without regard to case.
 */
final class TerminationTable {
    /** Point codes and CIC without leading zeros: one circuit has one name. */
    private static final Pattern ROUTE =
        Pattern.compile("(?:0|[1-9][0-9]{0,9})_(?:0|[1-9][0-9]{0,9})_(0|[1-9][0-9]{0,4})");

    private final String trunkPrefix;
    private final String linePrefix;
    private final int firstTrunk;
    private final Termination[] trunks;
    private final Map<String, Termination> routes = new HashMap<>();
    private final Map<String, Termination> lines = new HashMap<>();

    TerminationTable(final MgConfig config) {
        trunkPrefix = config.trunkPrefix();
        linePrefix = config.linePrefix();
        firstTrunk = config.firstTrunk();
        trunks = new Termination[config.lastTrunk() - firstTrunk + 1];
        for (int i = 0; i < trunks.length; i++) {
            trunks[i] = new Termination(TerminationId.of(trunkPrefix + (firstTrunk + i)), null);
        }
    }

    /** The termination of this name if it is a circuit or a line in a call, else null. */
    Termination find(final TerminationId id) {
        final int trunk = trunkIndex(id.text());
        if (trunk >= 0) {
            return trunks[trunk];
        }
        final Termination routed = routes.get(id.text().toLowerCase(Locale.ROOT));
        if (routed != null) {
            return routed;
        }
        final String digits = digits(id.text());
        return digits == null ? null : lines.get(digits);
    }

    /** Whether the name is one of a circuit or a line of this gateway. */
    boolean isOurs(final TerminationId id) {
        return trunkIndex(id.text()) >= 0 || isRoute(id.text()) || digits(id.text()) != null;
    }

    /** The termination of this name; a line springs into being. The name is {@link #isOurs ours}. */
    Termination seize(final TerminationId id) {
        final Termination known = find(id);
        if (known != null) {
            return known;
        }
        if (isRoute(id.text())) {
            final String name = id.text().toLowerCase(Locale.ROOT);
            final Termination circuit = new Termination(TerminationId.of(name), null);
            routes.put(name, circuit);
            return circuit;
        }
        final String digits = digits(id.text());
        final Termination line = new Termination(TerminationId.of(linePrefix + digits), digits);
        lines.put(digits, line);
        return line;
    }

    /** A termination left its context: lines vanish. */
    void release(final Termination termination) {
        termination.reset();
        if (termination.isLine()) {
            lines.remove(termination.digits);
        } else {
            routes.remove(termination.id.text());
        }
    }

    private boolean isRoute(final String name) {
        if (!name.regionMatches(true, 0, trunkPrefix, 0, trunkPrefix.length())) {
            return false;
        }
        final Matcher route = ROUTE.matcher(name.substring(trunkPrefix.length()));
        if (!route.matches()) {
            return false;
        }
        final int cic = Integer.parseInt(route.group(1));
        return cic >= firstTrunk && cic < firstTrunk + trunks.length;
    }

    int lines() {
        return lines.size();
    }

    private int trunkIndex(final String name) {
        if (!name.regionMatches(true, 0, trunkPrefix, 0, trunkPrefix.length())) {
            return -1;
        }
        int number = 0;
        final int from = trunkPrefix.length();
        if (from == name.length() || name.length() > from + 5 || name.charAt(from) == '0' && name.length() > from + 1) {
            return -1;
        }
        for (int i = from; i < name.length(); i++) {
            final int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number >= firstTrunk && number < firstTrunk + trunks.length ? number - firstTrunk : -1;
    }

    /** The number behind the line prefix; ISUP numbers have digits up to 15. */
    private String digits(final String name) {
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
