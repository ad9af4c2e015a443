// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Which numbers were called, and how often: a number that was dialled once but seized twice is a doubled call. */
public final class SeizureBook {
    private final Deque<Seizure> records = new ArrayDeque<>();
    private final Map<String, Integer> timesCalled = new HashMap<>();
    private final int limit;
    private long total;

    SeizureBook(final int limit) {
        this.limit = limit;
    }

    void add(final Seizure seizure) {
        if (records.size() == limit) {
            final String oldest = records.removeFirst().digits();
            timesCalled.computeIfPresent(oldest, (digits, times) -> times == 1 ? null : times - 1);
        }
        records.addLast(seizure);
        timesCalled.merge(seizure.digits(), 1, Integer::sum);
        total++;
    }

    /** How often this number was seized, among the records kept. */
    public int timesCalled(final String digits) {
        return timesCalled.getOrDefault(digits, 0);
    }

    /** All seizures since the start, also those whose records are gone. */
    public long total() {
        return total;
    }

    /**
     * Hands out the records that came after the first {@code known}, as far as they are kept.
     *
     * @return {@link #total()}, for the next call
     */
    public long forEachAfter(final long known, final Consumer<Seizure> reader) {
        long number = total - records.size();
        if (known < total) {
            for (final Seizure record : records) {
                if (number++ >= known) {
                    reader.accept(record);
                }
            }
        }
        return total;
    }
}
