// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

/** Who wants to know what the subscribers do, whether or not a controller hears of it: the simulator. */
public interface LineObserver {
    /** Hears nothing. */
    LineObserver NONE = (digits, event, nowNs) -> { };

    /** Something happened on a called line. @param event name in the line's H.248 packages: {@code al/of} */
    void onLineEvent(String digits, String event, long nowNs);
}
