// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import org.poolswitch.runtime.MalformedException;

/**
 * Handle Resolution Option (draft-dreibholz-rserpool-asap-hropt): how many elements a user wants to hear of. Its type
 * says skip to those who do not know it.
 *
 * <pre>
 *  0x803f | 8 | items (4); 0xffffffff = as many as possible
 * </pre>
 */
public final class HandleResolutionOption {
    /** As many as the registrar gives away. */
    public static final int ALL = 0xffffffff;

    private HandleResolutionOption() {
    }

    /** Reads the current parameter of {@code in}. @return items, unsigned: {@link #ALL} is -1 */
    public static int read(final ParameterReader in) throws MalformedException {
        return in.word();
    }

    /** Writes it. */
    public static void write(final ParameterWriter out, final int items) {
        out.begin(ParameterType.HANDLE_RESOLUTION_OPTION).word(items).end();
    }
}
