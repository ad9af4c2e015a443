// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/**
 * The states of an association (RFC 9260 section 4), and what each of them allows (section 6). CLOSED means that it is
 * about to be forgotten.
 */
enum AssociationState {
    COOKIE_WAIT, COOKIE_ECHOED, ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_SENT, SHUTDOWN_RECEIVED, SHUTDOWN_ACK_SENT,
    CLOSED;

    /** Its name in the standard, such as COOKIE-WAIT. */
    String standardName() {
        return name().replace('_', '-');
    }

    boolean isSettingUp() {
        return this == COOKIE_WAIT || this == COOKIE_ECHOED;
    }

    /** The user may send: neither side wants to end it yet (section 9.2). */
    boolean acceptsSend() {
        return this == COOKIE_WAIT || this == COOKIE_ECHOED || this == ESTABLISHED;
    }

    /** DATA goes out; beside a COOKIE ECHO it does so before. */
    boolean sendsData() {
        return this == ESTABLISHED || this == SHUTDOWN_PENDING || this == SHUTDOWN_RECEIVED;
    }

    /** DATA is taken in. */
    boolean acceptsData() {
        return this == ESTABLISHED || this == SHUTDOWN_PENDING || this == SHUTDOWN_SENT;
    }

    /** One or the other: there are TSNs to acknowledge, ours or the peer's. */
    boolean carriesData() {
        return this == ESTABLISHED || this == SHUTDOWN_PENDING || this == SHUTDOWN_SENT || this == SHUTDOWN_RECEIVED;
    }
}
