// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

/** Who wants to know what a gatekeeper met: logs, tests. */
@FunctionalInterface
public interface GkObserver {
    /** Hears nothing. */
    GkObserver NONE = fault -> { };

    /** The admission policy threw, or answered with a reason that cannot be sent; the call was refused. */
    void onPolicyFault(Throwable fault);
}
