// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.poolswitch.perf.rig.Guest;

/** Independent programs that tests ask. */
public final class Peers {
    private Peers() {
    }

    /** Skips the test if the program is not installed, with a message; in CI that is a failure. */
    public static void need(final String program, final String debianPackage) {
        final boolean there = Guest.isInstalled(program);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("in CI %s must be there: apt-get install %s", program, debianPackage).isTrue();
        }
        assumeTrue(there, program + " is not installed (Debian: " + debianPackage + ")");
    }

    /** The same for everything that a {@link Guest} needs. */
    public static void needGuest() {
        need("linux.uml", Guest.PACKAGES);
        need("busybox", Guest.PACKAGES);
        need("ip", Guest.PACKAGES);
    }
}
