// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.rserpool.PoolHandle;

/** Pool handles on a command line: text as it is, other octets as {@code 0x} and hexadecimal digits. */
final class HandleText {
    private static final String HEX = "0x";

    private HandleText() {
    }

    /** @throws ConfigException with a sentence if it is no pool handle */
    static byte[] parse(final String text) throws ConfigException {
        final byte[] octets;
        try {
            octets = text.startsWith(HEX) ? HexFormat.of().parseHex(text.substring(HEX.length()))
                : text.getBytes(StandardCharsets.UTF_8);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("'" + text + "' is not a pool handle: after 0x come pairs of hexadecimal digits");
        }
        if (octets.length < 1 || octets.length > PoolHandle.LONGEST) {
            throw new ConfigException("a pool handle has 1 to " + PoolHandle.LONGEST + " octets, not "
                + octets.length);
        }
        return octets;
    }

    static String of(final byte[] octets) {
        return PoolHandle.text(octets);
    }
}
