// SPDX-License-Identifier: Apache-2.0
/**
 * The simulator: nodes on virtual time and a network with faults, all drawn from one seed, so that every failure can be
 * replayed.
 */
package org.poolswitch.sim;
