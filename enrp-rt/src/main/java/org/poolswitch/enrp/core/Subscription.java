// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

/**
 * One user that wants to hear of a pool's changes, for as long as its association lives.
 *
 * @param pool the pool
 * @param peer the user
 */
record Subscription(SubscribedPool pool, AsapPeer peer) {
}
