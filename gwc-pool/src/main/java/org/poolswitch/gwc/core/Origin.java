// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

/** Where a signaling gateway's message came from and its answer goes: circuit, association, stream. */
record Origin(CircuitId circuit, int association, int stream) {
}
