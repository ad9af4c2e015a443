// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

/** Something in a simulated world went wrong; the message has what is needed to see it again. */
public final class SimFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    SimFailure(final long seed, final long nowNs, final String what, final Throwable cause) {
        super("seed " + seed + ", " + nowNs / 1000 + " us: " + what, cause);
    }
}
