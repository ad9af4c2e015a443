// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A table of times for people: a name, how many there were, percentiles in milliseconds. */
final class MillisTable {
    private final StringBuilder text = new StringBuilder();
    private final double[] percentiles;

    /**
     * Begins with the heading.
     *
     * @param counted     what a row's number counts
     * @param percentiles the columns; 100 is the largest value
     */
    MillisTable(final String title, final String counted, final double... percentiles) {
        this.percentiles = percentiles;
        text.append(String.format(Locale.ROOT, "%-50s %6s", title, counted));
        for (final double p : percentiles) {
            text.append(String.format(Locale.ROOT, " %8s", p == 100 ? "max" : "p" + Math.round(p)));
        }
        text.append(System.lineSeparator());
    }

    /** A row; the histogram has microseconds. */
    void row(final String name, final Histogram h) {
        text.append(String.format(Locale.ROOT, "%-50s %6d", name, h.getTotalCount()));
        for (final double p : percentiles) {
            final long us = p == 100 ? h.getMaxValue() : h.getValueAtPercentile(p);
            text.append(String.format(Locale.ROOT, " %8.1f", us / 1e3));
        }
        text.append(System.lineSeparator());
    }

    /** A row that is only a number. */
    void count(final String name, final long count) {
        text.append(String.format(Locale.ROOT, "%-50s %6d%n", name, count));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
