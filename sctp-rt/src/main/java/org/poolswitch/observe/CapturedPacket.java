// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.net.InetAddress;

/**
 * One IP packet out of a capture file, fragments left out.
 *
 * @param timeNs   nanoseconds since 1970
 * @param protocol IP protocol number of the payload: 17 UDP, 132 SCTP
 * @param payload  what follows the IP headers
 */
public record CapturedPacket(long timeNs, InetAddress from, InetAddress to, int protocol, byte[] payload) {
    /** IP protocol number of UDP. */
    public static final int UDP = 17;
    /** IP protocol number of SCTP. */
    public static final int SCTP = 132;
}
