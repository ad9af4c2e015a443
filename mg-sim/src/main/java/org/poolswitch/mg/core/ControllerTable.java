// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.poolswitch.megaco.Mid;

/** The controllers that have spoken to us, up to a limit. */
final class ControllerTable {
    private final Map<Mid, Controller> byMid = new LinkedHashMap<>();
    private final int limit;

    ControllerTable(final int limit) {
        this.limit = limit;
    }

    /** The controller of this name, or null if there is no room for another. */
    Controller of(final Mid mid) {
        Controller controller = byMid.get(mid);
        if (controller == null && (byMid.size() < limit || forgetOne())) {
            controller = new Controller(mid);
            byMid.put(mid, controller);
        }
        return controller;
    }

    /** An association is gone. */
    void onDown(final int association) {
        for (final Controller controller : byMid.values()) {
            if (controller.association == association) {
                controller.association = Controller.NOWHERE;
            }
        }
    }

    /** Drops the oldest one that is gone and owns nothing. */
    private boolean forgetOne() {
        final Iterator<Controller> each = byMid.values().iterator();
        while (each.hasNext()) {
            final Controller controller = each.next();
            if (!controller.isReachable() && controller.contexts == 0) {
                each.remove();
                return true;
            }
        }
        return false;
    }
}
