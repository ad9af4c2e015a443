// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.net.InetSocketAddress;

/**
 * One bound UDP port of a simulated node.
 *
 * @param node   who owns it
 * @param local  its address
 * @param remote the only peer, or null for a socket that is open to all
 */
record SimSocket(SimNode node, InetSocketAddress local, InetSocketAddress remote) {
}
