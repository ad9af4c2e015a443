// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** Pool member selection policies (RFC 5356). */
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

    private PolicyType() {
    }
}
