// SPDX-License-Identifier: Apache-2.0
/**
 * Meshes of registrars with pools, elements and users on a simulated clock and network.
 */
package org.poolswitch.perf.simulate.mesh;
