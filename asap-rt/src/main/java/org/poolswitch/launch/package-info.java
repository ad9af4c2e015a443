// SPDX-License-Identifier: Apache-2.0
/**
 * What every node's process has in common: options, configuration file, transport, metrics, graceful stop.
 */
package org.poolswitch.launch;
