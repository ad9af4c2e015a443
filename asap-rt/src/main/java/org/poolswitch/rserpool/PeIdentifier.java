// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import org.poolswitch.runtime.MalformedException;

/**
 * PE Identifier parameter (RFC 5354 section 3.14): which element of a pool.
 *
 * <pre>
 *  0x000e | 8 | PE identifier (4)
 * </pre>
 */
public final class PeIdentifier {
    private PeIdentifier() {
    }

    /** Reads the current parameter of {@code in}. */
    public static int read(final ParameterReader in) throws MalformedException {
        return in.word();
    }

    /** Writes it. */
    public static void write(final ParameterWriter out, final int identifier) {
        out.begin(ParameterType.PE_IDENTIFIER).word(identifier).end();
    }
}
