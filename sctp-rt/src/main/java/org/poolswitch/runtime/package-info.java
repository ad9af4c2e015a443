// SPDX-License-Identifier: Apache-2.0
/**
 * What runs machines: the contract they keep, the loop that drives them, the ring by which other threads reach them.
 */
package org.poolswitch.runtime;
