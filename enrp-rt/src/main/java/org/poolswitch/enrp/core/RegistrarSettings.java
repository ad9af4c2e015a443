// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.RecordSettings;

/** A registrar's timers and bounds as operators write them: {@code PEER-HEARTBEAT-CYCLE=200ms,MAX-BAD-PE-REPORT=5}. */
public final class RegistrarSettings {
    private static final String EXAMPLE = "PEER-HEARTBEAT-CYCLE=200ms";
    static final RecordSettings<EnrpTimers> PEERS = new RecordSettings<>(EnrpTimers.class, "ENRP", EXAMPLE);
    static final RecordSettings<ElementTimers> ELEMENTS = new RecordSettings<>(ElementTimers.class, "ENRP", EXAMPLE);

    private RegistrarSettings() {
    }

    /**
     * Timers with those of the settings that are about peers.
     *
     * @param text settings {@code name=value}, separated by commas; times with a unit: us, ms or s. Case does not
     *             matter
     * @throws IllegalArgumentException with a sentence, for a name that does not exist, a value that is none, or a
     *     combination that cannot work
     */
    public static EnrpTimers apply(final EnrpTimers base, final String text) {
        return PEERS.apply(base, part(text, true));
    }

    /** The same for those that are about elements and users. */
    public static RegistrarConfig apply(final RegistrarConfig base, final String text) {
        return ELEMENTS.apply(ElementTimers.of(base), part(text, false)).in(base);
    }

    private static String part(final String text, final boolean peers) {
        final StringBuilder part = new StringBuilder();
        for (final String setting : text.split(",")) {
            if (!setting.isBlank() && peers == isOfPeers(setting)) {
                part.append(setting).append(',');
            }
        }
        return part.toString();
    }

    private static boolean isOfPeers(final String setting) {
        final int equals = setting.indexOf('=');
        final String name = equals < 0 ? "" : setting.substring(0, equals).trim();
        if (PEERS.knows(name) || ELEMENTS.knows(name)) {
            return PEERS.knows(name);
        }
        throw new IllegalArgumentException(equals < 0
            ? "an ENRP setting looks like " + EXAMPLE + ", not '" + setting.trim() + "'"
            : "there is no ENRP setting '" + name + "'; there are " + String.join(", ", names()));
    }

    /** All names. */
    public static List<String> names() {
        final List<String> names = new ArrayList<>(PEERS.names());
        names.addAll(ELEMENTS.names());
        return names;
    }

    /** All settings, {@code name=value}; the two {@code apply} read them back. */
    public static List<String> describe(final EnrpTimers timers, final RegistrarConfig config) {
        final List<String> lines = new ArrayList<>(describe(timers));
        lines.addAll(describe(config));
        return lines;
    }

    /** Those that are about peers. */
    public static List<String> describe(final EnrpTimers timers) {
        return PEERS.describe(timers);
    }

    /** Those that are about elements and users. */
    public static List<String> describe(final RegistrarConfig config) {
        return ELEMENTS.describe(ElementTimers.of(config));
    }
}
