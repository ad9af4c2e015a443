// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/** What carries the datagrams of an {@link AnnouncementPort}; the {@link Shard} calls it as it calls endpoints. */
public interface AnnouncementDriver {
    /** Sends what waits. */
    void flush(long nowNs);

    /** Leaves the group. Idempotent. */
    void close();
}
