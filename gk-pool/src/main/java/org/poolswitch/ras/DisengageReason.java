// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * Why DRQ (H.225.0 section 7.14).
 *
 * <pre>
 * DisengageReason ::= CHOICE { forcedDrop, normalDrop, undefinedReason NULL, ... }
 * </pre>
 */
public enum DisengageReason {
    FORCED_DROP, NORMAL_DROP, UNDEFINED_REASON,
    /** An alternative of a later edition; never sent. */
    LATER;

    static DisengageReason decode(final PerReader in) throws MalformedException {
        return values()[Math.min(in.tag(3), LATER.ordinal())];
    }

    void encode(final PerWriter out) {
        out.tag(ordinal(), 3);
    }
}
