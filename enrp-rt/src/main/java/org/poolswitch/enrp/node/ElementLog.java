// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import org.poolswitch.enrp.core.HandlespaceListener;
import org.poolswitch.launch.EventLog;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolHandle;

/** Events of elements that come and go, so that one can see how soon each registrar knows. */
final class ElementLog implements HandlespaceListener {
    private final EventLog events;

    ElementLog(final EventLog events) {
        this.events = events;
    }

    private void event(final String kind, final PoolElementEntry element, final long nowNs) {
        // a value in an event line has no white space
        events.event(kind, "pool", PoolHandle.text(element.pool().handle().octets()), "element",
            Integer.toHexString(element.identifier()), "home", Integer.toHexString(element.homeServer()), "at", nowNs);
    }

    @Override
    public void onOwnedAdded(final PoolElementEntry element, final long nowNs) {
        event("element-registered", element, nowNs);
    }

    @Override
    public void onOwnedUpdated(final PoolElementEntry element, final long nowNs) {
        // a registration that is renewed is no news
    }

    @Override
    public void onOwnedRemoved(final PoolElementEntry element, final long nowNs) {
        // onRemoved tells of it too
    }

    @Override
    public void onRemoved(final PoolElementEntry element, final long nowNs) {
        event("element-removed", element, nowNs);
    }
}
