// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.observe.Counters;

/** What a page of metrics says must be true after days, not only until the first garbage collection. */
class MetricsBookTest {
    private final Counters mine = new Counters(AsapCounter.class);
    private final Counters yours = new Counters(AsapCounter.class);

    @Test
    void countersAreSummedUpAndGoOnAfterACollection() {
        final MetricsBook book = new MetricsBook();
        book.counters(AsapCounter.class, mine, yours);
        collectGarbage();
        mine.increment(AsapCounter.REGISTRATIONS);
        yours.add(AsapCounter.REGISTRATIONS, 2);
        assertThat(book.scrape()).contains("asap_registrations_total 3.0\n");
        collectGarbage();
        mine.increment(AsapCounter.REGISTRATIONS);
        assertThat(book.scrape()).contains("asap_registrations_total 4.0\n");
    }

    @Test
    void gaugesGoOnAfterACollection() {
        final MetricsBook book = new MetricsBook();
        book.gauge("calls_now", "Calls.", () -> mine.get(AsapCounter.REGISTRATIONS));
        collectGarbage();
        mine.add(AsapCounter.REGISTRATIONS, 5);
        assertThat(book.scrape()).contains("calls_now 5.0\n");
    }

    /** Returns once the collector has let go of what nothing holds. */
    private static void collectGarbage() {
        final WeakReference<Object> gone = new WeakReference<>(new Object());
        while (gone.get() != null) {
            System.gc();
        }
    }
}
