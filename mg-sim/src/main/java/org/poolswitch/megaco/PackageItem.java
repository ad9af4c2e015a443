// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** Names of the events and signals that telephone calls need (RFC 3525 Annex E). */
public final class PackageItem {
    /** Event: ringing tone heard, the called side rings (E.6). */
    public static final String RINGING = "cd/rt";
    /** Event: busy tone heard (E.6). */
    public static final String BUSY = "cd/bt";
    /** Event: congestion tone heard (E.6). */
    public static final String CONGESTION = "cd/ct";
    /** Event: off-hook, the called side answers (E.9). */
    public static final String OFF_HOOK = "al/of";
    /** Event: on-hook, the called side hangs up (E.9). */
    public static final String ON_HOOK = "al/on";
    /** Signal: ring the line (E.9). */
    public static final String RING = "al/ri";

    private PackageItem() {
    }
}
