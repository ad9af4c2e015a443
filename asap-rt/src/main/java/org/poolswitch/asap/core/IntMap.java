// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.function.Consumer;

/** A map from association identifiers (greater than 0) to their owners, without boxing: one look-up per message. */
final class IntMap<V> {
    private static final int FREE = 0;
    private int[] keys = new int[16];
    private Object[] values = new Object[16];
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    V get(final int key) {
        final int i = find(key);
        return keys[i] == key ? (V) values[i] : null;
    }

    void put(final int key, final V value) {
        if (key == FREE) {
            throw new IllegalStateException("0 is no association");
        }
        final int i = find(key);
        if (keys[i] == FREE) {
            size++;
            keys[i] = key;
        }
        values[i] = value;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    @SuppressWarnings("unchecked")
    V remove(final int key) {
        int hole = find(key);
        if (key == FREE || keys[hole] != key) {
            return null;
        }
        final V removed = (V) values[hole];
        size--;
        // Close the gap: whatever follows and does not sit at or after its own slot moves back (linear probing).
        int i = hole;
        while (true) {
            i = next(i);
            if (keys[i] == FREE) {
                break;
            }
            final int home = slot(keys[i]);
            final boolean stays = hole <= i ? hole < home && home <= i : hole < home || home <= i;
            if (!stays) {
                keys[hole] = keys[i];
                values[hole] = values[i];
                hole = i;
            }
        }
        keys[hole] = FREE;
        values[hole] = null;
        return removed;
    }

    @SuppressWarnings("unchecked")
    void forEach(final Consumer<V> action) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                action.accept((V) values[i]);
            }
        }
    }

    private int find(final int key) {
        int i = slot(key);
        while (keys[i] != FREE && keys[i] != key) {
            i = next(i);
        }
        return i;
    }

    private int slot(final int key) {
        return (key * 0x9e3779b9 >>> 16) & (keys.length - 1);
    }

    private int next(final int i) {
        return (i + 1) & (keys.length - 1);
    }

    private void grow() {
        final int[] oldKeys = keys;
        final Object[] oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                final int j = find(oldKeys[i]);
                keys[j] = oldKeys[i];
                values[j] = oldValues[i];
            }
        }
    }
}
