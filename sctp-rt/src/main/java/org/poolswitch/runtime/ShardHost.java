// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/** What those who bring inputs (channels, inboxes, timers) need of the shard that they belong to. */
public interface ShardHost {
    /**
     * To be called on the shard's thread before a batch of inputs: reads the clock and, if the shard noticed that it
     * did not run for a while, tells its machines so first.
     *
     * @return now, for the inputs that follow
     */
    long beginInput();

    /** To be called on the shard's thread after a batch of inputs: runs the shard's loop, now if that can be. */
    default void endInput() {
        wake();
    }

    /** Asks for a run of the shard's loop soon. Any thread; many calls before that run cost one wake-up. */
    void wake();
}
