// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.megaco.ContextId;

/**
 * All contexts, made beforehand. An id is the slot in its lower bits and the slot's use count above, and slots are
 * reused in turn, so that a late command for an ended call finds error 411 and not somebody else's call.
 */
final class ContextTable {
    private static final long HIGHEST_ID = ContextId.CHOOSE.value() - 1;
    private final MgContext[] slots;
    private final int[] free;
    private final int slotBits;
    private final long generations;
    private int firstFree;
    private int freeCount;

    /** @param origin where use counts start: a restarted gateway must not give out the ids of before */
    ContextTable(final int size, final long origin) {
        slots = new MgContext[size];
        free = new int[size];
        slotBits = 32 - Integer.numberOfLeadingZeros(size);
        generations = HIGHEST_ID >> slotBits;
        for (int i = 0; i < size; i++) {
            slots[i] = new MgContext(i);
            slots[i].generation = Math.floorMod(origin, generations);
            free[i] = i;
        }
        freeCount = size;
    }

    /** A fresh context, or null if all are in use. */
    MgContext take() {
        if (freeCount == 0) {
            return null;
        }
        final MgContext context = slots[free[firstFree]];
        firstFree = (firstFree + 1) % free.length;
        freeCount--;
        context.generation = (context.generation + 1) % generations;
        // slots count from 1 here, so no id is 0, the null context
        context.id = ContextId.of(context.generation << slotBits | context.slot + 1);
        return context;
    }

    void give(final MgContext context) {
        if (context.id == null || !context.terminations.isEmpty()) {
            throw new IllegalStateException("a context is given back twice, or in use");
        }
        context.id = null;
        context.owner = null;
        free[(firstFree + freeCount) % free.length] = context.slot;
        freeCount++;
    }

    /** The context of this id, or null. */
    MgContext find(final ContextId id) {
        final long slot = (id.value() & (1L << slotBits) - 1) - 1;
        if (slot < 0 || slot >= slots.length) {
            return null;
        }
        final MgContext context = slots[(int) slot];
        return id.equals(context.id) ? context : null;
    }

    int inUse() {
        return slots.length - freeCount;
    }

    int size() {
        return slots.length;
    }

    /** The context in this slot, or null if it is free. */
    MgContext at(final int slot) {
        return slots[slot].id == null ? null : slots[slot];
    }
}
