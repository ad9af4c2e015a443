// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.isup;

import org.poolswitch.runtime.MalformedException;

/**
 * Cause indicators (Q.850 section 2.1): coding standard ITU, location, cause value.
 *
 * <pre>
 *  1 | coding (2) | 0 | location (4) || 1 | cause value (7)
 * </pre>
 */
public final class CauseIndicators {
    public static final int UNALLOCATED_NUMBER = 1;
    public static final int NORMAL_CLEARING = 16;
    public static final int USER_BUSY = 17;
    public static final int NO_ANSWER = 19;
    public static final int CALL_REJECTED = 21;
    public static final int DESTINATION_OUT_OF_ORDER = 27;
    public static final int INVALID_NUMBER = 28;
    public static final int NORMAL_UNSPECIFIED = 31;
    public static final int NO_CIRCUIT = 34;
    public static final int NETWORK_OUT_OF_ORDER = 38;
    public static final int TEMPORARY_FAILURE = 41;
    public static final int SWITCHING_CONGESTION = 42;
    public static final int RESOURCE_UNAVAILABLE = 47;
    public static final int RECOVERY_ON_TIMER = 102;
    public static final int PROTOCOL_ERROR = 111;
    /** The largest cause value there can be: it has seven bits. */
    public static final int LARGEST = 127;
    /** Location: user. */
    public static final int USER = 0;
    /** Location: public network serving the local user. */
    public static final int LOCAL_NETWORK = 2;

    private CauseIndicators() {
    }

    /** A parameter value. */
    public static byte[] of(final int location, final int cause) {
        return new byte[] {(byte) (0x80 | location), (byte) (0x80 | cause)};
    }

    /** The cause value. */
    public static int value(final byte[] parameter) throws MalformedException {
        // a recommendation octet may stand between when the first octet's extension bit is 0
        final int at = parameter.length > 0 && (parameter[0] & 0x80) == 0 ? 2 : 1;
        if (parameter.length <= at) {
            throw new MalformedException("cause indicators are too short");
        }
        return parameter[at] & 0x7f;
    }
}
