// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.util.Locale;
import org.poolswitch.perf.Screen;

/** One line that shows how far the calls are; redrawn in place on a terminal, now and then in a log. */
final class ProgressLine {
    private static final int WIDTH = 30;
    /** In a log, a line each so many seconds is enough. */
    private static final long LOG_INTERVAL_NS = 5_000_000_000L;

    private final boolean terminal = Screen.canRedraw();
    private final long total;
    private long lastNs = Long.MIN_VALUE;
    private String note = "";

    ProgressLine(final long total) {
        this.total = Math.max(1, total);
    }

    /** What the script is doing just now. */
    synchronized void note(final String text) {
        note = text;
        if (!terminal) {
            System.out.println("  " + text);
        }
    }

    synchronized void update(final NodeEvent progress) {
        final long now = System.nanoTime();
        if (!terminal && lastNs != Long.MIN_VALUE && now - lastNs < LOG_INTERVAL_NS) {
            return;
        }
        lastNs = now;
        final long ended = progress.number("ended");
        final int filled = (int) Math.min(WIDTH, ended * WIDTH / total);
        final String line = String.format(Locale.ROOT, "  [%s%s] offered %d, active %d, ended %d, lost %d",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled), progress.number("offered"), progress.number("active"), ended,
            progress.number("lost"));
        if (terminal) {
            System.out.print("\r" + line + "  " + note + "\033[K");
            System.out.flush();
        } else {
            System.out.println(line);
        }
    }

    synchronized void end() {
        if (terminal) {
            System.out.println();
        }
    }
}
