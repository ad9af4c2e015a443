// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.net.InetAddress;

/**
 * One SCTP user message found in a capture.
 *
 * @param timeNs  when its last fragment was seen, nanoseconds since 1970
 * @param stream  stream identifier
 * @param ppid    payload protocol identifier, host order
 * @param payload the whole message
 */
public record SctpData(long timeNs, InetAddress from, int fromPort, InetAddress to, int toPort, int stream, int ppid,
    byte[] payload) {
}
