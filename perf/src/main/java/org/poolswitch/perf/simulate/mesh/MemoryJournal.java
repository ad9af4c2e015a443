// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.util.LinkedHashMap;
import java.util.Map;
import org.poolswitch.enrp.core.RegistrarJournal;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;

/** A journal that survives a simulated process. */
final class MemoryJournal implements RegistrarJournal {
    private record Key(PoolHandle handle, int element) {
    }

    private final Map<Key, PoolElementParameter> elements = new LinkedHashMap<>();
    private int serverId;

    private int puts;

    @Override
    public int identifier() {
        return serverId;
    }

    @Override
    public void identifier(final int id) {
        serverId = id;
    }

    @Override
    public void replay(final Replay replay) {
        new LinkedHashMap<>(elements).forEach((key, element) -> replay.element(key.handle(), element));
    }

    @Override
    public void put(final PoolElementEntry element) {
        puts++;
        elements.put(new Key(element.pool().handle(), element.identifier()), element.parameter());
    }

    @Override
    public void remove(final PoolElementEntry element) {
        elements.remove(new Key(element.pool().handle(), element.identifier()));
    }

    int size() {
        return elements.size();
    }

    /** How often it was written to. */
    int puts() {
        return puts;
    }
}
