// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.runtime.Deadlines;

/** Something that happens at a time; in one {@link AlarmQueue} at most. */
abstract class Alarm implements Deadlines.Entry {
    long at;
    private int index = -1;

    /** It is time. The alarm is no longer set, and may be set again. */
    abstract void fire(long nowNs);

    final boolean isSet() {
        return index >= 0;
    }

    @Override
    public final long dueNs() {
        return at;
    }

    @Override
    public final int heapIndex() {
        return index;
    }

    @Override
    public final void heapIndex(final int newIndex) {
        index = newIndex;
    }
}
