// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

/** A map from association identifiers or application keys to their owners, without boxing: one look-up per message. */
public final class LongMap<V> {
    private long[] keys = new long[16];
    private Object[] values = new Object[16];
    private int size;

    public int size() {
        return size;
    }

    /** @return the value, or null */
    @SuppressWarnings("unchecked")
    public V get(final long key) {
        return (V) values[find(key)];
    }

    /** @param value not null */
    public void put(final long key, final V value) {
        if (value == null) {
            throw new IllegalArgumentException("null is what an empty place holds");
        }
        final int i = find(key);
        if (values[i] == null) {
            size++;
            keys[i] = key;
        }
        values[i] = value;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    /** @return what was there, or null */
    @SuppressWarnings("unchecked")
    public V remove(final long key) {
        int hole = find(key);
        final V removed = (V) values[hole];
        if (removed == null) {
            return null;
        }
        size--;
        // Close the gap: whatever follows and does not sit between its own slot and the gap moves back.
        for (int i = next(hole); values[i] != null; i = next(i)) {
            final int home = slot(keys[i]);
            final boolean stays = hole <= i ? hole < home && home <= i : hole < home || home <= i;
            if (!stays) {
                keys[hole] = keys[i];
                values[hole] = values[i];
                hole = i;
            }
        }
        values[hole] = null;
        return removed;
    }

    private int find(final long key) {
        int i = slot(key);
        while (values[i] != null && keys[i] != key) {
            i = next(i);
        }
        return i;
    }

    private int slot(final long key) {
        return (int) (key * 0x9e3779b97f4a7c15L >>> 32) & keys.length - 1;
    }

    private int next(final int i) {
        return i + 1 & keys.length - 1;
    }

    private void grow() {
        final long[] oldKeys = keys;
        final Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                final int j = find(oldKeys[i]);
                keys[j] = oldKeys[i];
                values[j] = oldValues[i];
            }
        }
    }
}
