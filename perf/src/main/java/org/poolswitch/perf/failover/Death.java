// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

/**
 * One fault that was put on a node.
 *
 * @param kind     what was done
 * @param node     to whom
 * @param atNs     when, on the monotonic clock, just before
 */
record Death(Kind kind, String node, long atNs) {
    /** How an element falls silent. */
    enum Kind {
        KILL_REGISTRAR("registrar killed (SIGKILL)"),
        KILL_GK("GK killed (SIGKILL), an ARQ in its hands"),
        KILL_GWC("GWC killed (SIGKILL)"),
        PAUSE_GWC("GWC paused (SIGSTOP)"),
        CUT_GWC("GWC cut off (packets dropped)");

        private final String text;

        Kind(final String text) {
            this.text = text;
        }

        /** True if the same process goes on later. */
        boolean comesBack() {
            return this == PAUSE_GWC || this == CUT_GWC;
        }

        String text() {
            return text;
        }
    }
}
