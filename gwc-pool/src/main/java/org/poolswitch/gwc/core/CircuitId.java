// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.m3ua.M3uaData;

/** A circuit as the SS7 network names it: the point codes at its ends, as the caller's side sends them, and its CIC. */
record CircuitId(int opc, int dpc, int networkIndicator, int sls, int cic) {
    static CircuitId of(final M3uaData data, final int cic) {
        return new CircuitId(data.opc(), data.dpc(), data.ni(), data.sls(), cic);
    }

    /** Point codes of ANSI have 24 bits, those of ITU 14; a CIC has 12 or 14. */
    private static final int MOST_POINT_CODE = 0xffffff;
    private static final int MOST_CIC = 0x3fff;

    /** What makes it unique. */
    long key() {
        return (long) (opc & MOST_POINT_CODE) << 38 | (long) (dpc & MOST_POINT_CODE) << 14 | cic & MOST_CIC;
    }

    /** How media gateways call it: CICs alone are not unique where several routes end. */
    String name() {
        return Integer.toUnsignedString(opc) + "_" + Integer.toUnsignedString(dpc) + "_" + cic;
    }
}
