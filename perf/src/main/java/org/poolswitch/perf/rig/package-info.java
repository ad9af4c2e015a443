// SPDX-License-Identifier: Apache-2.0
/**
 * Hosts with a real kernel SCTP, and the interop suite that runs on them: {@link org.poolswitch.perf.rig.Guest} boots
 * one.
 */
package org.poolswitch.perf.rig;
