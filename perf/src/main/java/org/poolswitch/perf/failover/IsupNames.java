// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

/** ISUP message types (Q.763 table 4) as people say them. */
final class IsupNames {
    private IsupNames() {
    }

    static String of(final int type) {
        switch (type) {
            case 0x01:
                return "IAM";
            case 0x06:
                return "ACM";
            case 0x07:
                return "CON";
            case 0x09:
                return "ANM";
            case 0x0c:
                return "REL";
            case 0x10:
                return "RLC";
            case 0x2c:
                return "CPG";
            default:
                return "ISUP type 0x" + Integer.toHexString(type);
        }
    }
}
