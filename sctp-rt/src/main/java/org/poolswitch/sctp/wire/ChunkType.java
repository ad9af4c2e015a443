// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

/** Chunk types (RFC 9260 section 3.2) and what the two highest bits of an unknown one ask for. */
public final class ChunkType {
    public static final int DATA = 0;
    public static final int INIT = 1;
    public static final int INIT_ACK = 2;
    public static final int SACK = 3;
    public static final int HEARTBEAT = 4;
    public static final int HEARTBEAT_ACK = 5;
    public static final int ABORT = 6;
    public static final int SHUTDOWN = 7;
    public static final int SHUTDOWN_ACK = 8;
    public static final int ERROR = 9;
    public static final int COOKIE_ECHO = 10;
    public static final int COOKIE_ACK = 11;
    public static final int SHUTDOWN_COMPLETE = 14;
    /** RFC 6525 section 3.1. */
    public static final int RE_CONFIG = 130;
    /** RFC 4820 section 3: nothing but length. */
    public static final int PAD = 132;
    /** RFC 3758 section 3.2. */
    public static final int FORWARD_TSN = 192;
    /** T bit of ABORT and SHUTDOWN COMPLETE: the verification tag is reflected (RFC 9260 section 8.5.1). */
    public static final int FLAG_T = 1;

    private ChunkType() {
    }

    /** Whether an unknown chunk is skipped, rather than ending the packet. */
    public static boolean isSkipped(final int type) {
        return (type & 0x80) != 0;
    }

    /** Whether an unknown chunk is reported with an ERROR. */
    public static boolean isReported(final int type) {
        return (type & 0x40) != 0;
    }
}
