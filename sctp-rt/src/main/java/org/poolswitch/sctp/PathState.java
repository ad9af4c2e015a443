// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

/** What is known about one destination address of the peer (RFC 9260 section 5.4 and 8.2, RFC 7829 section 3). */
public enum PathState {
    /** The peer named this address and nothing has proved yet that it is the peer's: it gets HEARTBEATs only. */
    UNCONFIRMED,
    /** Usable. */
    ACTIVE,
    /** Suspicious after PotentiallyFailed.Max.Retrans errors: used only if no path is active, and probed quickly. */
    POTENTIALLY_FAILED,
    /** Path.Max.Retrans was exceeded: used last of all, and probed at HB.interval. */
    INACTIVE
}
