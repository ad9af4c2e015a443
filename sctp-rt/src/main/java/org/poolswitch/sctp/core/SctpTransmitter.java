// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;

/** Where a core's packets go: a UDP socket, or the simulated network. */
@FunctionalInterface
public interface SctpTransmitter {
    /** Sends one packet; the buffer is the caller's again when this returns. */
    void transmit(InetAddress remoteHost, int remoteUdpPort, byte[] packet, int offset, int length, long nowNs);
}
