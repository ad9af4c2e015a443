// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** Parameter types shared by ASAP and ENRP (RFC 5354 section 3). */
public final class ParameterType {
    public static final int IPV4_ADDRESS = 0x01;
    public static final int IPV6_ADDRESS = 0x02;
    public static final int DCCP_TRANSPORT = 0x03;
    public static final int SCTP_TRANSPORT = 0x04;
    public static final int TCP_TRANSPORT = 0x05;
    public static final int UDP_TRANSPORT = 0x06;
    public static final int UDP_LITE_TRANSPORT = 0x07;
    public static final int POLICY = 0x08;
    public static final int POOL_HANDLE = 0x09;
    public static final int POOL_ELEMENT = 0x0a;
    public static final int SERVER_INFORMATION = 0x0b;
    public static final int OPERATION_ERROR = 0x0c;
    public static final int COOKIE = 0x0d;
    public static final int PE_IDENTIFIER = 0x0e;
    public static final int PE_CHECKSUM = 0x0f;
    public static final int OPAQUE_TRANSPORT = 0x10;
    /** draft-dreibholz-rserpool-asap-hropt: how many elements a user wants; skippable by its high bits. */
    public static final int HANDLE_RESOLUTION_OPTION = 0x803f;

    private ParameterType() {
    }

    /** Whether a type is one of the transport parameters (RFC 5354 sections 3.3 to 3.8). */
    public static boolean isTransport(final int type) {
        return type >= DCCP_TRANSPORT && type <= UDP_LITE_TRANSPORT || type == OPAQUE_TRANSPORT;
    }
}
