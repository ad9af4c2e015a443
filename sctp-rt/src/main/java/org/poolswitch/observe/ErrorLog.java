// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A log for trouble that may come ten thousand times a second: the first of a kind is printed, its repeats are counted,
 * and the count is printed with the next one after the fold time. One thread.
 */
public final class ErrorLog {
    /** Kinds remembered; the oldest is forgotten beyond that. 64: more kinds at once is one kind, "chaos". */
    public static final int DEFAULT_KINDS = 64;
    /** Fold time. 10 s: short enough for an operator who watches, long enough for a log that nobody can flood. */
    public static final long DEFAULT_FOLD_NS = 10_000_000_000L;

    private static final class Kind {
        private long printedNs;
        private long repeats;
    }

    private final Consumer<String> out;
    private final long foldNs;
    private final Map<String, Kind> kinds;

    /** With the default bounds. */
    public ErrorLog(final Consumer<String> out) {
        this(out, DEFAULT_FOLD_NS, DEFAULT_KINDS);
    }

    /**
     * @param out   where lines go, for example a logger's {@code warn}
     * @param limit kinds remembered
     */
    public ErrorLog(final Consumer<String> out, final long foldNs, final int limit) {
        if (foldNs < 0 || limit < 1) {
            throw new IllegalArgumentException("an error log needs a fold time of 0 or more and room for one kind");
        }
        this.out = out;
        this.foldNs = foldNs;
        this.kinds = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(final Map.Entry<String, Kind> eldest) {
                return size() > limit;
            }
        };
    }

    /**
     * Reports one occurrence.
     *
     * @param kind    what makes two occurrences alike; a constant, not built from input
     * @param example this occurrence's details
     */
    public void report(final String kind, final String example, final long nowNs) {
        Kind known = kinds.get(kind);
        if (known == null) {
            known = new Kind();
            kinds.put(kind, known);
        } else if (nowNs - known.printedNs < foldNs) {
            known.repeats++;
            return;
        }
        final long seconds = (nowNs - known.printedNs + 999_999_999L) / 1_000_000_000L;
        out.accept(known.repeats == 0 ? kind + ": " + example
            : kind + ": " + example + " (and " + known.repeats + " more in the last " + seconds + " s)");
        known.printedNs = nowNs;
        known.repeats = 0;
    }

    /** Prints the counts that were not printed yet; for the end of a process. */
    public void close() {
        kinds.forEach((kind, known) -> {
            if (known.repeats > 0) {
                out.accept(kind + ": " + known.repeats + " more");
                known.repeats = 0;
            }
        });
    }
}
