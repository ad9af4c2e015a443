// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/** Which thread runs a shard. */
public enum ThreadLayout {
    /** None: the caller runs the {@link Shard} itself (simulator, unit tests, embedding). */
    INVOKED,
    /** The event loop that owns the channels sleeps until something happens. The default. */
    EVENT_LOOP,
    /** An engine thread looks for work without sleeping: lower latency for one core. */
    DEDICATED
}
