// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.net.InetSocketAddress;

/** A datagram on the simulated wire. */
record Datagram(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
}
