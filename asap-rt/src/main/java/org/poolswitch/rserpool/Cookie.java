// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/**
 * Cookie parameter (RFC 5354 section 3.13): an element's state in the hands of its user, octets without meaning to
 * anybody else.
 *
 * <pre>
 *  0x000d | length | octets
 * </pre>
 */
public final class Cookie {
    private Cookie() {
    }

    /** Reads the current parameter of {@code in}. @return a copy of the octets */
    public static byte[] read(final ParameterReader in) {
        return in.bytes();
    }

    /** Writes it. */
    public static void write(final ParameterWriter out, final byte[] octets) {
        out.parameter(ParameterType.COOKIE, octets);
    }
}
