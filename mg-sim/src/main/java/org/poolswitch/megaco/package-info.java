// SPDX-License-Identifier: Apache-2.0
/**
 * H.248.1 in its text encoding (RFC 3525 Annex B): a model with one small class per construct, a decoder and an
 * encoder. What the decoder does not interpret (topology, modem, mux, digit maps, embedded events) it keeps as it came.
 */
package org.poolswitch.megaco;
