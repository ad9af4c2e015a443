// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/** Why ARJ (H.225.0 section 7.11): a CHOICE of eight root alternatives and the additions, in the standard's order. */
public enum AdmissionRejectReason {
    CALLED_PARTY_NOT_REGISTERED, INVALID_PERMISSION, REQUEST_DENIED, UNDEFINED_REASON, CALLER_NOT_REGISTERED,
    ROUTE_CALL_TO_GATEKEEPER, INVALID_ENDPOINT_IDENTIFIER, RESOURCE_UNAVAILABLE,
    // additions
    SECURITY_DENIAL, QOS_CONTROL_NOT_SUPPORTED, INCOMPLETE_ADDRESS, ALIASES_INCONSISTENT,
    /** Its value, the numbers to call instead, is skipped; never sent. */
    ROUTE_CALL_TO_SCN,
    EXCEEDS_CALL_CAPACITY, COLLECT_DESTINATION, COLLECT_PIN, GENERIC_DATA_REASON, NEEDED_FEATURE_NOT_SUPPORTED,
    /** Its value, which says what kind of error, is skipped; never sent. */
    SECURITY_ERROR,
    SECURITY_DH_MISMATCH, NO_ROUTE_TO_DESTINATION, UNALLOCATED_NUMBER, REGISTER_WITH_ASSIGNED_GK,
    /** An alternative of a later edition; never sent. */
    LATER;

    private static final int ROOTS = 8;

    /** True if it can be sent: its alternative is a NULL. */
    public boolean isSendable() {
        return this != ROUTE_CALL_TO_SCN && this != SECURITY_ERROR && this != LATER;
    }

    static AdmissionRejectReason decode(final PerReader in) throws MalformedException {
        return values()[Math.min(in.tag(ROOTS), LATER.ordinal())];
    }

    void encode(final PerWriter out) {
        if (!isSendable()) {
            throw new IllegalArgumentException(this + " has a value and is never sent");
        }
        out.tag(ordinal(), ROOTS);
    }
}
