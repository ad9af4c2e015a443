// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** Operation error causes (RFC 5354 section 3.10). */
public final class ErrorCause {
    public static final int UNSPECIFIED = 0x0;
    public static final int UNRECOGNIZED_PARAMETER = 0x1;
    public static final int UNRECOGNIZED_MESSAGE = 0x2;
    public static final int INVALID_VALUES = 0x3;
    public static final int NON_UNIQUE_PE_IDENTIFIER = 0x4;
    public static final int INCONSISTENT_POLICY = 0x5;
    public static final int LACK_OF_RESOURCES = 0x6;
    public static final int INCONSISTENT_TRANSPORT = 0x7;
    public static final int INCONSISTENT_DATA_CONTROL = 0x8;
    public static final int UNKNOWN_POOL_HANDLE = 0x9;
    public static final int REJECTED_FOR_SECURITY = 0xa;

    private ErrorCause() {
    }
}
