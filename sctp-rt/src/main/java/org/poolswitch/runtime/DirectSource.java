// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/** A source of input that can be read without asking the selector first whether there is any. */
@FunctionalInterface
public interface DirectSource {
    /**
     * Takes a bounded batch of what is there, and lets the shard answer it.
     *
     * @return whether there was anything
     */
    boolean readNow();
}
