// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.sctp.SctpAddress;

/**
 * A stranger's word, by ENDPOINT_KEEP_ALIVE with the H bit, that it is our home now, while we have one.
 *
 * @param association its association with us
 * @param serverId    its ENRP server identifier
 * @param remote      where it calls from
 * @param sinceNs     when it said so first: what the home answers to a later question disproves it
 */
record HomeClaim(int association, int serverId, SctpAddress remote, long sinceNs) {
}
