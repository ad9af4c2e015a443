// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.util.List;
import java.util.Locale;

/** Error causes (RFC 5354 section 3.10) in words. */
final class CauseText {
    private static final List<String> TEXTS = List.of("unspecified error", "unrecognized parameter",
        "unrecognized message", "invalid values", "non-unique PE identifier", "inconsistent pool policy",
        "lack of resources", "inconsistent transport type", "inconsistent data/control configuration",
        "unknown pool handle", "rejected for security reasons");

    private CauseText() {
    }

    static String of(final int cause) {
        return cause >= 0 && cause < TEXTS.size() ? TEXTS.get(cause)
            : String.format(Locale.ROOT, "cause 0x%x of nobody's standard", cause);
    }
}
