// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

/** ENRP message types (RFC 5353 section 2), payload protocol identifier and port. */
public final class EnrpType {
    /** SCTP payload protocol identifier of ENRP. */
    public static final int PPID = 12;
    /** ENRP's SCTP port (RFC 5353 section 6.1). */
    public static final int PORT = 9901;

    public static final int PRESENCE = 0x01;
    public static final int HANDLE_TABLE_REQUEST = 0x02;
    public static final int HANDLE_TABLE_RESPONSE = 0x03;
    public static final int HANDLE_UPDATE = 0x04;
    public static final int LIST_REQUEST = 0x05;
    public static final int LIST_RESPONSE = 0x06;
    public static final int INIT_TAKEOVER = 0x07;
    public static final int INIT_TAKEOVER_ACK = 0x08;
    public static final int TAKEOVER_SERVER = 0x09;
    public static final int ERROR = 0x0a;

    private EnrpType() {
    }
}
