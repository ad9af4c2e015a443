// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's SCTP, through Netty's channels, behind the same API as the user-space one. Its timers are the host's
 * {@code net.sctp} settings; the process cannot change them.
 */
package org.poolswitch.sctp.kernel;
