// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.isup;

/**
 * ISUP message types (Q.763 table 4) and how each is laid out (tables 21 to 52).
 *
 * <p>fixed = octets of the mandatory fixed part, variable = mandatory variable parameters, optional = whether an
 * optional part may follow.
 */
public enum IsupType {
    IAM(0x01, 5, 1, true),
    SAM(0x02, 0, 1, true),
    ACM(0x06, 2, 0, true),
    CON(0x07, 2, 0, true),
    ANM(0x09, 0, 0, true),
    REL(0x0c, 0, 1, true),
    SUS(0x0d, 1, 0, true),
    RES(0x0e, 1, 0, true),
    RLC(0x10, 0, 0, true),
    RSC(0x12, 0, 0, false),
    BLO(0x13, 0, 0, false),
    UBL(0x14, 0, 0, false),
    BLA(0x15, 0, 0, false),
    UBA(0x16, 0, 0, false),
    GRS(0x17, 0, 1, false),
    GRA(0x29, 0, 1, false),
    CPG(0x2c, 1, 0, true),
    CFN(0x2f, 0, 1, true);

    private static final IsupType[] BY_CODE = new IsupType[256];

    static {
        for (final IsupType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int fixed;
    private final int variable;
    private final boolean optional;

    IsupType(final int code, final int fixed, final int variable, final boolean optional) {
        this.code = code;
        this.fixed = fixed;
        this.variable = variable;
        this.optional = optional;
    }

    /** The type with this code, or null if it is none we know. */
    public static IsupType of(final int code) {
        return BY_CODE[code & 0xff];
    }

    public int code() {
        return code;
    }

    int fixed() {
        return fixed;
    }

    int variable() {
        return variable;
    }

    boolean optional() {
        return optional;
    }
}
