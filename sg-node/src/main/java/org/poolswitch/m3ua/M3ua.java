// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.m3ua;

/** Constants of M3UA (RFC 4666 section 3). */
public final class M3ua {
    /** Payload protocol identifier (RFC 4666 section 7.1). */
    public static final int PPID = 3;
    /** Registered SCTP port. */
    public static final int PORT = 2905;
    public static final int VERSION = 1;
    public static final int CLASS_MANAGEMENT = 0;
    public static final int CLASS_TRANSFER = 1;
    public static final int TYPE_ERROR = 0;
    public static final int TYPE_DATA = 1;
    public static final int TAG_ROUTING_CONTEXT = 0x0006;
    public static final int TAG_DIAGNOSTIC = 0x0007;
    public static final int TAG_ERROR_CODE = 0x000c;
    public static final int TAG_NETWORK_APPEARANCE = 0x0200;
    public static final int TAG_PROTOCOL_DATA = 0x0210;
    /** Service indicator of ISUP (Q.704 section 14.2.1). */
    public static final int SI_ISUP = 5;
    public static final int ERROR_INVALID_VERSION = 0x01;
    public static final int ERROR_UNSUPPORTED_CLASS = 0x03;
    public static final int ERROR_UNSUPPORTED_TYPE = 0x04;
    public static final int ERROR_PROTOCOL = 0x07;
    public static final int ERROR_PARAMETER_FIELD = 0x12;
    static final int HEADER = 8;

    private M3ua() {
    }
}
