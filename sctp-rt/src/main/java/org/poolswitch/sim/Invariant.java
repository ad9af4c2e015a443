// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

/** Something that must be true all the time. */
@FunctionalInterface
public interface Invariant {
    /** Throws {@link AssertionError} or {@link IllegalStateException} if it is not. */
    void check(SimWorld world);
}
