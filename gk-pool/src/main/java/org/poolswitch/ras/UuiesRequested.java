// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * Of which call-signaling messages the gatekeeper wants a copy: nine BOOLEANs and four that came later.
 *
 * @param flags thirteen bits; the highest is setup, then callProceeding, connect, alerting, information,
 *              releaseComplete, facility, progress, empty, status, statusInquiry, setupAcknowledge, notify
 */
public record UuiesRequested(int flags) {
    /** Wants none: signaling does not run through us. */
    public static final UuiesRequested NONE = new UuiesRequested(0);
    private static final int ROOTS = 9;
    private static final int ADDITIONS = 4;

    public UuiesRequested {
        if (flags >>> ROOTS + ADDITIONS != 0) {
            throw new IllegalArgumentException("thirteen flags: " + flags);
        }
    }

    static UuiesRequested decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        int flags = in.bits(ROOTS) << ADDITIONS;
        if (extended) {
            final boolean[] present = in.extensions();
            for (int i = 0; i < present.length; i++) {
                if (present[i]) {
                    final int mark = in.enterOpenType();
                    if (i < ADDITIONS && in.bit()) {
                        flags |= 1 << ADDITIONS - 1 - i;
                    }
                    in.leaveOpenType(mark);
                }
            }
        }
        return new UuiesRequested(flags);
    }

    void encode(final PerWriter out) {
        out.bit(true);
        out.bits(flags >> ADDITIONS, ROOTS);
        out.extensions(0xf, ADDITIONS);
        for (int i = ADDITIONS - 1; i >= 0; i--) {
            out.booleanAddition((flags >> i & 1) != 0);
        }
    }
}
