// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import org.poolswitch.runtime.Machine;

/** What a pool element does for its pool's users, as its {@link ElementNode} sees it. */
public interface ElementMachine extends Machine {
    /** Joins the pool; called once, before anything else. */
    void start(long nowNs);

    /** Leaves the pool, takes nothing new, finishes what is there (RFC 5352 section 3.2). */
    void beginDrain(long nowNs);

    /** True once {@link #beginDrain} has nothing left to wait for. */
    boolean isDrained();
}
