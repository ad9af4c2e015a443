// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.wire;

/** ASAP message types and flags (RFC 5352 section 2.2). */
public final class AsapType {
    public static final int REGISTRATION = 0x01;
    public static final int DEREGISTRATION = 0x02;
    public static final int REGISTRATION_RESPONSE = 0x03;
    public static final int DEREGISTRATION_RESPONSE = 0x04;
    public static final int HANDLE_RESOLUTION = 0x05;
    public static final int HANDLE_RESOLUTION_RESPONSE = 0x06;
    public static final int ENDPOINT_KEEP_ALIVE = 0x07;
    public static final int ENDPOINT_KEEP_ALIVE_ACK = 0x08;
    public static final int ENDPOINT_UNREACHABLE = 0x09;
    public static final int SERVER_ANNOUNCE = 0x0a;
    public static final int COOKIE = 0x0b;
    public static final int COOKIE_ECHO = 0x0c;
    public static final int BUSINESS_CARD = 0x0d;
    public static final int ERROR = 0x0e;
    /** REGISTRATION_RESPONSE: rejected. */
    public static final int FLAG_REJECTED = 0x01;
    /** HANDLE_RESOLUTION: tell me when the pool changes (S). */
    public static final int FLAG_SUBSCRIBE = 0x01;
    /** HANDLE_RESOLUTION_RESPONSE: the subscription is accepted (A). */
    public static final int FLAG_ACCEPTED = 0x01;
    /** ENDPOINT_KEEP_ALIVE: the sender is the element's home registrar now (H). */
    public static final int FLAG_HOME = 0x01;
    /**
     * REGISTRATION: where users reach the element it takes ASAP too, so that is its ASAP transport; not the port from
     * which this message comes, which nobody can call. Ours alone: others ignore the bit, as RFC 5352 section 2.2 has
     * it for those that it does not define.
     */
    public static final int FLAG_ASAP_AT_USER_TRANSPORT = 0x80;


    private AsapType() {
    }
}
