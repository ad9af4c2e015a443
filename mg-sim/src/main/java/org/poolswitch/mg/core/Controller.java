// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.megaco.Mid;

/** A controller, known by its mId, and where it was last heard. */
final class Controller {
    /** {@link #association}: it has none. */
    static final int NOWHERE = -1;

    final Mid mid;
    int association = NOWHERE;
    /** Stream of its newest request on that association. */
    int stream;
    /** Contexts that it owns. */
    int contexts;

    Controller(final Mid mid) {
        this.mid = mid;
    }

    boolean isReachable() {
        return association != NOWHERE;
    }
}
