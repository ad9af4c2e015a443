// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.ByteBuffer;
import org.poolswitch.runtime.MalformedException;

/**
 * PE Checksum parameter (RFC 5354 section 3.15): what {@link Handlespace#checksum} says of one registrar's elements.
 *
 * <pre>
 *  0x000f | 6 | checksum (2) | padding (2)
 * </pre>
 */
public final class PeChecksum {
    private PeChecksum() {
    }

    /** Reads the parameter's value. @return 0 to 0xffff */
    public static int read(final ByteBuffer value) throws MalformedException {
        if (value.limit() < 2) {
            throw new MalformedException("PE Checksum is too short");
        }
        return value.getShort(0) & 0xffff;
    }

    /** Writes it. */
    public static void write(final ParameterWriter out, final int checksum) {
        out.begin(ParameterType.PE_CHECKSUM).half(checksum).end();
    }
}
