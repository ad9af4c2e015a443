// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;

/** Whether a packet may speak for an association (RFC 9260 section 8.5). */
final class VerificationTag {
    private static final int FLAG_T = 1;
    private static final int CAUSE_STALE_COOKIE = 3;

    private VerificationTag() {
    }

    /** Section 8.5.1: ABORT and SHUTDOWN COMPLETE may reflect the tag that they were answered to. */
    static boolean fits(final Association a, final int tag, final int type, final int flags) {
        if (type == ChunkType.ABORT || type == ChunkType.SHUTDOWN_COMPLETE) {
            return (flags & FLAG_T) == 0 ? tag == a.localTag() : tag == a.peerTag() && tag != 0;
        }
        return tag == a.localTag();
    }

    /** An ERROR chunk whose first cause is a stale cookie (section 8.4 rule 6). */
    static boolean isStaleCookie(final byte[] b, final int at, final int length, final int end) {
        return length >= 8 && at + 8 <= end && Bytes.u16(b, at + 4) == CAUSE_STALE_COOKIE;
    }
}
