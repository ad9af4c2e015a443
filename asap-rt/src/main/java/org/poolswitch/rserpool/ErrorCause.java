// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.util.List;
import java.util.Locale;

/** Operation error causes (RFC 5354 section 3.10). */
public final class ErrorCause {
    public static final int UNSPECIFIED = 0x0;
    public static final int UNRECOGNIZED_PARAMETER = 0x1;
    public static final int UNRECOGNIZED_MESSAGE = 0x2;
    public static final int INVALID_VALUES = 0x3;
    public static final int NON_UNIQUE_PE_IDENTIFIER = 0x4;
    public static final int INCONSISTENT_POLICY = 0x5;
    public static final int LACK_OF_RESOURCES = 0x6;
    public static final int INCONSISTENT_TRANSPORT = 0x7;
    public static final int INCONSISTENT_DATA_CONTROL = 0x8;
    public static final int UNKNOWN_POOL_HANDLE = 0x9;
    public static final int REJECTED_FOR_SECURITY = 0xa;

    private static final List<String> TEXTS = List.of("unspecified error", "unrecognized parameter",
        "unrecognized message", "invalid values", "non-unique PE identifier", "inconsistent pool policy",
        "lack of resources", "inconsistent transport type", "inconsistent data/control configuration",
        "unknown pool handle", "rejected for security reasons");

    private ErrorCause() {
    }

    /** A cause in the standard's words. */
    public static String text(final int cause) {
        return cause >= 0 && cause < TEXTS.size() ? TEXTS.get(cause)
            : String.format(Locale.ROOT, "cause 0x%x of nobody's standard", cause);
    }
}
