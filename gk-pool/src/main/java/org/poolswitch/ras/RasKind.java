// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

/** The messages of RAS in the order of the CHOICE RasMessage: 25 root alternatives, then the additions. */
public enum RasKind {
    GATEKEEPER_REQUEST("GRQ", true, 4),
    GATEKEEPER_CONFIRM("GCF", false, 2),
    GATEKEEPER_REJECT("GRJ", false, 2),
    REGISTRATION_REQUEST("RRQ", true, 3),
    REGISTRATION_CONFIRM("RCF", false, 3),
    REGISTRATION_REJECT("RRJ", false, 2),
    UNREGISTRATION_REQUEST("URQ", true, 3),
    UNREGISTRATION_CONFIRM("UCF", false, 1),
    UNREGISTRATION_REJECT("URJ", false, 1),
    ADMISSION_REQUEST("ARQ", true, 7),
    ADMISSION_CONFIRM("ACF", false, 2),
    ADMISSION_REJECT("ARJ", false, 1),
    BANDWIDTH_REQUEST("BRQ", true, 2),
    BANDWIDTH_CONFIRM("BCF", false, 1),
    BANDWIDTH_REJECT("BRJ", false, 1),
    DISENGAGE_REQUEST("DRQ", true, 1),
    DISENGAGE_CONFIRM("DCF", false, 1),
    DISENGAGE_REJECT("DRJ", false, 1),
    LOCATION_REQUEST("LRQ", true, 2),
    LOCATION_CONFIRM("LCF", false, 1),
    LOCATION_REJECT("LRJ", false, 1),
    INFO_REQUEST("IRQ", true, 2),
    INFO_REQUEST_RESPONSE("IRR", false, 3),
    NON_STANDARD_MESSAGE("NSM", true, 0),
    UNKNOWN_MESSAGE_RESPONSE("XRS", false, 0),
    // additions
    REQUEST_IN_PROGRESS("RIP", false, 4),
    RESOURCES_AVAILABLE_INDICATE("RAI", true, 4),
    RESOURCES_AVAILABLE_CONFIRM("RAC", false, 4),
    INFO_REQUEST_ACK("IACK", false, 4),
    INFO_REQUEST_NAK("INAK", false, 5),
    SERVICE_CONTROL_INDICATION("SCI", true, 8),
    SERVICE_CONTROL_RESPONSE("SCR", false, 7),
    ADMISSION_CONFIRM_SEQUENCE("ACF+", false, 0),
    /** An alternative of a later edition. */
    LATER("?", true, 0);

    static final int ROOTS = 25;
    private final String shortName;
    private final boolean request;
    private final int optionals;

    RasKind(final String shortName, final boolean request, final int optionals) {
        this.shortName = shortName;
        this.request = request;
        this.optionals = optionals;
    }

    /** The name that everybody uses: ARQ, ACF and so on. */
    public String shortName() {
        return shortName;
    }

    /** True if whoever sends it waits for an answer. */
    public boolean isRequest() {
        return request;
    }

    /** How many optional root elements it has, each a bit in front of it. */
    int optionals() {
        return optionals;
    }

    static RasKind at(final int index) {
        return values()[Math.min(index, LATER.ordinal())];
    }
}
