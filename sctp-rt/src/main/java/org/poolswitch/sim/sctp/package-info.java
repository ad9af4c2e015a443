// SPDX-License-Identifier: Apache-2.0
/**
 * Worlds of two or three SCTP endpoints that a seed draws: addresses, settings, faults, and users who do everything the
 * interface allows while a ledger outside watches what the transport promises.
 */
package org.poolswitch.sim.sctp;
