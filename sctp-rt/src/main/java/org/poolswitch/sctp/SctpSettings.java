// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

import java.util.List;

/** {@link SctpConfig} as operators write it: {@code RTO.Min=30ms,Path.Max.Retrans=2}. */
public final class SctpSettings {
    private static final RecordSettings<SctpConfig> SETTINGS = new RecordSettings<>(SctpConfig.class, "SCTP",
        "RTO.Min=30ms");

    private SctpSettings() {
    }

    /**
     * A configuration with some settings changed; see {@link RecordSettings#apply}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static SctpConfig apply(final SctpConfig base, final String text) {
        return SETTINGS.apply(base, text);
    }

    /** All names. */
    public static List<String> names() {
        return SETTINGS.names();
    }

    /** All settings, {@code name=value}, in the order of the record; {@link #apply} reads them back. */
    public static List<String> describe(final SctpConfig config) {
        return SETTINGS.describe(config);
    }
}
