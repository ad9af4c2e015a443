// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** Pool member selection policies (RFC 5356), and those of RSPLIB from the private range. */
public final class PolicyType {
    public static final int ROUND_ROBIN = 0x1;
    public static final int WEIGHTED_ROUND_ROBIN = 0x2;
    public static final int RANDOM = 0x3;
    public static final int WEIGHTED_RANDOM = 0x4;
    public static final int PRIORITY = 0x5;
    public static final int LEAST_USED = 0x40000001;
    public static final int LEAST_USED_DEGRADATION = 0x40000002;
    public static final int PRIORITY_LEAST_USED = 0x40000003;
    public static final int RANDOMIZED_LEAST_USED = 0x40000004;

    public static final int RANDOMIZED_PRIORITY_LEAST_USED = 0xb0001001;
    public static final int RANDOMIZED_LEAST_USED_DEGRADATION = 0xb0001002;
    public static final int PRIORITY_LEAST_USED_DEGRADATION = 0xb0001003;
    public static final int RANDOMIZED_PRIORITY_LEAST_USED_DEGRADATION = 0xb0001004;
    public static final int WEIGHTED_RANDOM_DPF = 0xb0002001;
    public static final int LEAST_USED_DPF = 0xb0002002;
    public static final int LEAST_USED_DEGRADATION_DPF = 0xb0002003;

    /** Set in adaptive policies: their values change with the element's load (RFC 5356 section 3). */
    public static final int ADAPTIVE = 0x40000000;

    private PolicyType() {
    }

    /** Whether a type may be used at all: the part without the adaptive bit is not 0 (RFC 5356 section 3). */
    public static boolean valid(final int type) {
        return (type & ~ADAPTIVE) != 0;
    }

    /** Fields of 32 bits that follow the type; 0 for types that are not known here. */
    public static int fields(final int type) {
        return switch (type) {
            case WEIGHTED_ROUND_ROBIN, WEIGHTED_RANDOM, PRIORITY, LEAST_USED, RANDOMIZED_LEAST_USED -> 1;
            case LEAST_USED_DEGRADATION, PRIORITY_LEAST_USED, RANDOMIZED_PRIORITY_LEAST_USED,
                RANDOMIZED_LEAST_USED_DEGRADATION, PRIORITY_LEAST_USED_DEGRADATION,
                RANDOMIZED_PRIORITY_LEAST_USED_DEGRADATION -> 2;
            case WEIGHTED_RANDOM_DPF, LEAST_USED_DPF -> 3;
            case LEAST_USED_DEGRADATION_DPF -> 4;
            default -> 0;
        };
    }
}
