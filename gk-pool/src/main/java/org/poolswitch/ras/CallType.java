// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/** CallType ::= CHOICE { pointToPoint, oneToN, nToOne, nToN NULL, ... } */
public enum CallType {
    POINT_TO_POINT, ONE_TO_N, N_TO_ONE, N_TO_N,
    /** An alternative of a later edition; never sent. */
    LATER;

    static CallType decode(final PerReader in) throws MalformedException {
        return values()[Math.min(in.tag(4), LATER.ordinal())];
    }

    void encode(final PerWriter out) {
        out.tag(ordinal(), 4);
    }
}
