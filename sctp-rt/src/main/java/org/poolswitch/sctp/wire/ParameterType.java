// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

/**
 * Types of chunk parameters (RFC 9260 section 3.2.1 and 3.3) and what the two highest bits of an unknown one ask for.
 */
public final class ParameterType {
    public static final int HEARTBEAT_INFO = 1;
    public static final int IPV4_ADDRESS = 5;
    public static final int IPV6_ADDRESS = 6;
    public static final int STATE_COOKIE = 7;
    public static final int UNRECOGNIZED_PARAMETER = 8;
    public static final int COOKIE_PRESERVATIVE = 9;
    /** Deprecated; its receiver aborts (RFC 9260 section 3.3.2.1.4). */
    public static final int HOST_NAME_ADDRESS = 11;
    public static final int SUPPORTED_ADDRESS_TYPES = 12;
    /** RFC 6525 section 4.1 to 4.6. */
    public static final int OUTGOING_SSN_RESET_REQUEST = 13;
    public static final int INCOMING_SSN_RESET_REQUEST = 14;
    public static final int SSN_TSN_RESET_REQUEST = 15;
    public static final int RECONFIGURATION_RESPONSE = 16;
    public static final int ADD_OUTGOING_STREAMS_REQUEST = 17;
    public static final int ADD_INCOMING_STREAMS_REQUEST = 18;
    /** RFC 9260 appendix A: reserved; we do not do ECN. */
    public static final int ECN_CAPABLE = 0x8000;
    /** RFC 5061 section 4.2.7: which extension chunks are understood. */
    public static final int SUPPORTED_EXTENSIONS = 0x8008;
    /** RFC 3758 section 3.1. */
    public static final int FORWARD_TSN_SUPPORTED = 0xC000;

    private ParameterType() {
    }

    /** Whether an unknown parameter is skipped, rather than ending the processing of its chunk's parameters. */
    public static boolean isSkipped(final int type) {
        return (type & 0x8000) != 0;
    }

    /** Whether an unknown parameter is reported. */
    public static boolean isReported(final int type) {
        return (type & 0x4000) != 0;
    }
}
