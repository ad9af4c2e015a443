// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.m3ua.M3uaData;

/** A circuit as the SS7 network names it: the point codes at its ends, as the caller's side sends them, and its CIC. */
record CircuitId(int opc, int dpc, int networkIndicator, int sls, int cic) {
    static CircuitId of(final M3uaData data, final int cic) {
        return new CircuitId(data.opc(), data.dpc(), data.ni(), data.sls(), cic);
    }

    /** What makes it unique. */
    long key() {
        return (long) opc << 28 | (long) dpc << 14 | cic;
    }
}
