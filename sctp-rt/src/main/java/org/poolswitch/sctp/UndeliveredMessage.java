// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

/**
 * A message that the lost association's peer has not acknowledged.
 *
 * @param stream    stream it was sent on
 * @param ppid      payload protocol identifier, host order
 * @param unordered whether it was sent with the U bit
 * @param sent      true if at least one fragment went out, so the peer may have seen it; false if it never left.
 *                  The kernel transport cannot tell and says true
 * @param payload   the whole message; the receiver owns it
 */
public record UndeliveredMessage(int stream, int ppid, boolean unordered, boolean sent, byte[] payload) {
}
