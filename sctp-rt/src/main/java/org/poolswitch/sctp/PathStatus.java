// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

import java.net.InetAddress;

/**
 * One path as it is now (STATUS, RFC 9260 section 11.1.8).
 *
 * @param local                  our address that this path starts from
 * @param remote                 the peer's address
 * @param remoteUdpPort          where the peer's encapsulated packets go (RFC 6951 section 5.4), 0 in the kernel
 * @param primary                whether it is the primary path
 * @param smoothedRttNs          SRTT in ns, or -1 while unknown
 * @param rtoNs                  RTO in ns, or -1 if the transport does not tell
 * @param congestionWindowOctets cwnd, or -1 if the transport does not tell
 * @param inFlightOctets         sent on this path and not acknowledged, or -1 if the transport does not tell
 * @param errors                 errors in a row (RFC 9260 section 8.2), or -1 if the transport does not tell
 */
public record PathStatus(InetAddress local, InetAddress remote, int remoteUdpPort, PathState state, boolean primary,
    long smoothedRttNs, long rtoNs, long congestionWindowOctets, long inFlightOctets, int errors) {
}
