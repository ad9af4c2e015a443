// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/** Why BRJ (H.225.0 section 7.12): a CHOICE of six root alternatives and the additions, in the standard's order. */
public enum BandRejectReason {
    NOT_BOUND, INVALID_CONFERENCE_ID, INVALID_PERMISSION, INSUFFICIENT_RESOURCES, INVALID_REVISION, UNDEFINED_REASON,
    SECURITY_DENIAL,
    /** Its value, which says what kind of error, is skipped; never sent. */
    SECURITY_ERROR,
    /** An alternative of a later edition; never sent. */
    LATER;

    static BandRejectReason decode(final PerReader in) throws MalformedException {
        return values()[Math.min(in.tag(6), LATER.ordinal())];
    }

    void encode(final PerWriter out) {
        out.tag(ordinal(), 6);
    }
}
