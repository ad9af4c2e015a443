// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/**
 * {@code Stream = id {...}}, or its content straight in Media.
 *
 * @param id      1 to 65535, or {@link #IMPLIED}
 * @param control mode and properties, or null
 * @param local   what this end receives: octets of SDP without the last line's end, or null
 * @param remote  what the far end receives, or null
 */
public record StreamDescriptor(int id, LocalControl control, Octets local, Octets remote) {
    /** The parameters stand in Media itself: stream 1 (RFC 3525 section 7.1.6). */
    public static final int IMPLIED = 0;
}
