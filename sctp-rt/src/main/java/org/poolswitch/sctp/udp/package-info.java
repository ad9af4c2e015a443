// SPDX-License-Identifier: Apache-2.0
/**
 * The datagram driver of the user-space SCTP: SCTP packets in UDP (RFC 6951) on a Netty event loop.
 */
package org.poolswitch.sctp.udp;
