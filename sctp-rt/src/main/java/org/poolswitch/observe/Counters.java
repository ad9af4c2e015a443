// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters named by an enum: one writer, any readers. A count costs one ordered store, so everything is counted and
 * tools read from outside.
 */
public final class Counters {
    private final AtomicLongArray values;

    /** @param kind the enum that names the counters */
    public <E extends Enum<E> & CounterDescriptor> Counters(final Class<E> kind) {
        values = new AtomicLongArray(kind.getEnumConstants().length);
    }

    /** Adds one; only the owning thread may. */
    public <E extends Enum<E> & CounterDescriptor> void increment(final E counter) {
        add(counter, 1);
    }

    /** Adds {@code n}; only the owning thread may. */
    public <E extends Enum<E> & CounterDescriptor> void add(final E counter, final long n) {
        final int i = counter.ordinal();
        values.setRelease(i, values.getPlain(i) + n);
    }

    /** The count as of now, from any thread. */
    public <E extends Enum<E> & CounterDescriptor> long get(final E counter) {
        return values.getAcquire(counter.ordinal());
    }
}
