// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.poolswitch.megaco.Mid;
import org.poolswitch.megaco.TerminationId;
import org.poolswitch.megaco.TextStyle;

/**
 * Everything that can be set about a media gateway.
 *
 * @param mid               its message identifier, or null for its own address and port
 * @param trunkGroup        the group of circuits it serves: it joins the pool {@code mg.<trunk group>}
 * @param policyType        the pool's selection policy (RFC 5356); 1 is Round Robin
 * @param trunkPrefix       circuits are named with this and their CIC
 * @param firstTrunk        lowest CIC
 * @param lastTrunk         highest CIC; 16383 is the largest that ISUP can name (14 bits, ANSI)
 * @param linePrefix        called lines are named with this and their number
 * @param style             how its messages are written
 * @param clockOriginMillis wall-clock time (ms since 1970) at which the machine's clock read 0, for time stamps
 * @param timers            times
 * @param bounds            limits
 * @param calledSide        the simulated subscribers
 * @param calledSides       those whose numbers begin with a certain prefix; the longest that fits counts
 */
public record MgConfig(Mid mid, String trunkGroup, int policyType, String trunkPrefix, int firstTrunk, int lastTrunk,
    String linePrefix, TextStyle style, long clockOriginMillis, MgTimers timers, MgBounds bounds,
    CalledSide calledSide, Map<String, CalledSide> calledSides) {

    /** Longest called number: 20 digits and their name fit a pathNAME with room to spare. */
    public static final int MAX_DIGITS = 20;
    private static final int MAX_CIC = 16383;
    private static final int MAX_GROUP = 29;

    public MgConfig {
        if (!trunkGroup.matches("[!-~]{1," + MAX_GROUP + "}")) {
            throw new IllegalArgumentException("a trunk group is named with 1 to " + MAX_GROUP
                + " visible characters: '" + trunkGroup + "'");
        }
        if (firstTrunk < 0 || lastTrunk > MAX_CIC || firstTrunk > lastTrunk) {
            throw new IllegalArgumentException("circuits are numbered 0 to " + MAX_CIC + ", the first before the last: "
                + firstTrunk + ", " + lastTrunk);
        }
        // both throw if the names they make are not legal
        TerminationId.of(trunkPrefix + lastTrunk);
        TerminationId.of(linePrefix + "0".repeat(MAX_DIGITS));
        if (trunkPrefix.equalsIgnoreCase(linePrefix)) {
            throw new IllegalArgumentException("circuits and lines need different names: " + trunkPrefix);
        }
        calledSides = Map.copyOf(calledSides);
        if (timers == null || bounds == null || calledSide == null || style == null) {
            throw new IllegalArgumentException("style, timers, bounds and called side are all needed");
        }
    }

    /** The defaults: every circuit there can be, in trunk group {@code tg1}. */
    public static MgConfig standard() {
        return new MgConfig(null, "tg1", 1, "tdm/", 0, MAX_CIC, "line/", TextStyle.COMPACT, 0, MgTimers.standard(),
            MgBounds.standard(), CalledSide.standard(), Map.of());
    }

    /** The pool that it joins. */
    public byte[] poolHandle() {
        return ("mg." + trunkGroup).getBytes(StandardCharsets.US_ASCII);
    }

    /** The same for another trunk group and range of circuits. */
    public MgConfig withTrunks(final String group, final int first, final int last) {
        return new MgConfig(mid, group, policyType, trunkPrefix, first, last, linePrefix, style, clockOriginMillis,
            timers, bounds, calledSide, calledSides);
    }

    /** The same with other subscribers. */
    public MgConfig withCalledSide(final CalledSide other) {
        return new MgConfig(mid, trunkGroup, policyType, trunkPrefix, firstTrunk, lastTrunk, linePrefix, style,
            clockOriginMillis, timers, bounds, other, calledSides);
    }

    /** The same with other limits. */
    public MgConfig withBounds(final MgBounds other) {
        return new MgConfig(mid, trunkGroup, policyType, trunkPrefix, firstTrunk, lastTrunk, linePrefix, style,
            clockOriginMillis, timers, other, calledSide, calledSides);
    }

    /** The same with another way of writing, and time stamps counted from this origin. */
    public MgConfig withText(final TextStyle otherStyle, final long originMillis) {
        return new MgConfig(mid, trunkGroup, policyType, trunkPrefix, firstTrunk, lastTrunk, linePrefix, otherStyle,
            originMillis, timers, bounds, calledSide, calledSides);
    }

    /** The same with certain subscribers for numbers that begin with a prefix. */
    public MgConfig withCalledSides(final Map<String, CalledSide> byPrefix) {
        return new MgConfig(mid, trunkGroup, policyType, trunkPrefix, firstTrunk, lastTrunk, linePrefix, style,
            clockOriginMillis, timers, bounds, calledSide, byPrefix);
    }

    /** The subscriber of a number. */
    CalledSide calledSideOf(final String digits) {
        String longest = null;
        for (final String prefix : calledSides.keySet()) {
            if (digits.startsWith(prefix) && (longest == null || prefix.length() > longest.length())) {
                longest = prefix;
            }
        }
        return longest == null ? calledSide : calledSides.get(longest);
    }
}
