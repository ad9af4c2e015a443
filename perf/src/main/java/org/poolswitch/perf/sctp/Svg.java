// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A plot of latencies by percentile, both axes logarithmic: time upwards, rarity to the right. */
public final class Svg {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int BOTTOM = 370;
    private static final int TOP = 40;
    private static final int PLOT_WIDTH = 480;
    private static final double[] PERCENTILES = {0, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99};
    private static final String[] COLORS = {"#888888", "#1f77b4", "#bbbbbb", "#d62728", "#dddddd", "#2ca02c"};

    private record Curve(String name, Histogram histogram) {
    }

    private final String title;
    private final List<Curve> curves = new ArrayList<>();

    /** @param title written above it */
    public Svg(final String title) {
        this.title = title;
    }

    /** One more curve; values in nanoseconds. */
    public void curve(final String name, final Histogram histogram) {
        if (histogram.getTotalCount() > 0) {
            curves.add(new Curve(name, histogram));
        }
    }

    private static double x(final double percentile) {
        final double most = Math.log10(100 / (100 - PERCENTILES[PERCENTILES.length - 1]));
        return LEFT + PLOT_WIDTH * Math.log10(100 / (100 - percentile)) / most;
    }

    private static double y(final double micros, final double decades) {
        return BOTTOM - (BOTTOM - TOP) * Math.max(0, Math.log10(micros)) / decades;
    }

    /** Writes the picture. */
    public void write(final Path file) throws IOException {
        double most = 10;
        for (final Curve curve : curves) {
            most = Math.max(most, curve.histogram().getValueAtPercentile(PERCENTILES[PERCENTILES.length - 1]) / 1e3);
        }
        final double decades = Math.ceil(Math.log10(most));
        final StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' "
            + "font-size='12'>%n<rect width='100%%' height='100%%' fill='white'/>"
            + "<text x='%d' y='20' font-size='14'>%s</text>%n", WIDTH, HEIGHT, LEFT, title));
        axes(svg, (int) decades);
        for (int i = 0; i < curves.size(); i++) {
            draw(svg, i, decades);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, svg.append("</svg>\n"), StandardCharsets.UTF_8);
    }

    private static void axes(final StringBuilder svg, final int decades) {
        for (int decade = 0; decade <= decades; decade++) {
            final double at = y(Math.pow(10, decade), decades);
            svg.append(String.format(Locale.ROOT, "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#ddd'/>"
                + "<text x='%d' y='%.1f' text-anchor='end'>%,d µs</text>%n", LEFT, at, LEFT + PLOT_WIDTH, at, LEFT - 5,
                at + 4, (long) Math.pow(10, decade)));
        }
        for (final double percentile : new double[] {50, 90, 99, 99.9, 99.99}) {
            svg.append(String.format(Locale.ROOT, "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#ddd'/>"
                + "<text x='%.1f' y='%d' text-anchor='middle'>%s %%</text>%n", x(percentile), TOP, x(percentile),
                BOTTOM, x(percentile), BOTTOM + 18,
                percentile == Math.rint(percentile) ? (long) percentile : percentile));
        }
    }

    private void draw(final StringBuilder svg, final int index, final double decades) {
        final Curve curve = curves.get(index);
        final String color = COLORS[index % COLORS.length];
        svg.append("<polyline fill='none' stroke-width='2' stroke='").append(color).append("' points='");
        for (final double percentile : PERCENTILES) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(percentile),
                y(curve.histogram().getValueAtPercentile(percentile) / 1e3, decades)));
        }
        svg.append(String.format(Locale.ROOT, "'/>%n<text x='%d' y='%d' fill='%s'>%s</text>%n",
            LEFT + PLOT_WIDTH + 15, TOP + 18 * (index + 1), color, curve.name()));
    }
}
