// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

/**
 * What a node's process does once before it joins its pool, so that its code is loaded and compiled when the first call
 * comes, and the first failover. Found with {@link java.util.ServiceLoader}.
 */
public interface Exercise {
    /** Runs on the main thread; touches no network. */
    void run();
}
