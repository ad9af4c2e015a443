// SPDX-License-Identifier: Apache-2.0
/**
 * The media gateway's machine: contexts, terminations, the controllers that own them, and the simulated subscribers
 * behind its lines.
 */
package org.poolswitch.mg.core;
