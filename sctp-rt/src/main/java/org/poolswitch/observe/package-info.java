// SPDX-License-Identifier: Apache-2.0
/**
 * Seeing what happens: counters, a log that folds repeats, packet captures in and out.
 */
package org.poolswitch.observe;
