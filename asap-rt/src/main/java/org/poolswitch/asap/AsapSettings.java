// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.RecordSettings;

/** {@link AsapConfig} as operators write it: {@code T1-ENRPrequest=100ms,Queue.Messages=4096}. */
public final class AsapSettings {
    private static final String EXAMPLE = "T1-ENRPrequest=250ms";
    static final RecordSettings<AsapTimers> TIMERS = new RecordSettings<>(AsapTimers.class, "ASAP", EXAMPLE);
    static final RecordSettings<AsapBounds> BOUNDS = new RecordSettings<>(AsapBounds.class, "ASAP", EXAMPLE);
    static final RecordSettings<AsapSuspicion> SUSPICION = new RecordSettings<>(AsapSuspicion.class, "ASAP", EXAMPLE);
    static final RecordSettings<AsapChoices> CHOICES = new RecordSettings<>(AsapChoices.class, "ASAP", EXAMPLE);
    private static final List<RecordSettings<?>> ALL = List.of(TIMERS, CHOICES, SUSPICION, BOUNDS);

    private AsapSettings() {
    }

    /**
     * A configuration with some settings changed.
     *
     * @param text settings {@code name=value}, separated by commas; times with a unit: us, ms or s; choices are on or
     *             off. Case does not matter
     * @throws IllegalArgumentException with a sentence, for a name that does not exist, a value that is none, or a
     *     combination that cannot work
     */
    public static AsapConfig apply(final AsapConfig base, final String text) {
        final String[] parts = {"", "", "", ""};
        for (final String setting : text.split(",")) {
            if (!setting.isBlank()) {
                parts[familyOf(setting)] += setting + ",";
            }
        }
        return new AsapConfig(base.registrars(), base.announceGroup(), base.localAddress(), base.encapsulationPort(),
            TIMERS.apply(base.timers(), parts[0]), SUSPICION.apply(base.suspicion(), parts[2]),
            BOUNDS.apply(base.bounds(), parts[3]), CHOICES.apply(base.choices(), parts[1]),
            base.policy());
    }

    private static int familyOf(final String setting) {
        final int equals = setting.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("an ASAP setting looks like " + EXAMPLE + ", not '" + setting.trim()
                + "'");
        }
        final String name = setting.substring(0, equals).trim();
        for (int i = 0; i < ALL.size(); i++) {
            if (ALL.get(i).knows(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no ASAP setting '" + name + "'; there are "
            + String.join(", ", names()));
    }

    /** All names. */
    public static List<String> names() {
        return ALL.stream().flatMap(s -> s.names().stream()).toList();
    }

    /** All settings, {@code name=value}; {@link #apply} reads them back. */
    public static List<String> describe(final AsapConfig config) {
        final List<String> lines = new ArrayList<>(TIMERS.describe(config.timers()));
        lines.addAll(CHOICES.describe(config.choices()));
        lines.addAll(SUSPICION.describe(config.suspicion()));
        lines.addAll(BOUNDS.describe(config.bounds()));
        return lines;
    }
}
