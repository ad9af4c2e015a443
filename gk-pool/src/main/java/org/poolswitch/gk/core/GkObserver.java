// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

/** Who wants to know what a gatekeeper met: logs, tests. */
public interface GkObserver {
    /** Hears nothing. */
    GkObserver NONE = new GkObserver() {
    };

    /** The admission policy threw, or answered with a reason that cannot be sent; the call was refused. */
    default void onPolicyFault(final Throwable fault) {
    }

    /** A controller brought a cookie whose seal is not ours: another key, or it was changed. */
    default void onBadCookie(final long nowNs) {
    }
}
