// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/** CallModel ::= CHOICE { direct NULL, gatekeeperRouted NULL, ... } */
public enum CallModel {
    DIRECT, GATEKEEPER_ROUTED,
    /** An alternative of a later edition; never sent. */
    LATER;

    static CallModel decode(final PerReader in) throws MalformedException {
        return values()[Math.min(in.tag(2), LATER.ordinal())];
    }

    void encode(final PerWriter out) {
        out.tag(ordinal(), 2);
    }
}
