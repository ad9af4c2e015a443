// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The gaps that calls saw: for each call that had said something and waited for the answer, the time from the fault, or
 * from its message if that was sent later, to the first message of the new element. Calls that had nothing to say when
 * their element died saw no gap; how long it took until they were in new hands is told apart. All times come from the
 * host's one monotonic clock.
 */
final class GapBook {
    /** A node that was paused or cut off meets the consequences within this time. */
    private static final long RETURN_NS = 15_000_000_000L;
    private static final long MAX_US = 120_000_000;
    private final Map<Death.Kind, Histogram> gaps = new EnumMap<>(Death.Kind.class);
    private final Map<Death.Kind, Histogram> moves = new EnumMap<>(Death.Kind.class);
    private final Map<String, String> nodeOfElement = new HashMap<>();
    private final List<Death> deaths = new ArrayList<>();
    private final List<NodeEvent> unexplained = new ArrayList<>();

    /** A fault is about to be put on a node. */
    synchronized void died(final Death death) {
        deaths.add(death);
    }

    /** Takes any event; elements coming up and failovers matter here. */
    synchronized void onEvent(final NodeEvent event) {
        if (event.kind().equals("up") && event.fields().containsKey("element")) {
            nodeOfElement.put(event.text("element"), event.node());
        } else if (event.kind().equals("failover")) {
            onFailover(event);
        }
    }

    private void onFailover(final NodeEvent event) {
        final long detected = event.number("detected");
        final Death death = lastDeath(nodeOfElement.get(event.text("from")), detected);
        if (afterOwnFault(event.node(), detected)) {
            // it was the observer that was away: its peers had given it up meanwhile
            return;
        }
        if (death == null) {
            unexplained.add(event);
            return;
        }
        final long pending = event.number("pending");
        final long gapUs = Math.max(1, (event.number("recovered") - Math.max(death.atNs(), pending)) / 1_000);
        (pending > 0 ? gaps : moves).computeIfAbsent(death.kind(), kind -> new Histogram(MAX_US, 3))
            .recordValue(Math.min(MAX_US, gapUs));
    }

    private boolean afterOwnFault(final String node, final long atNs) {
        final Death own = lastDeath(node, atNs);
        return own != null && own.kind().comesBack() && atNs - own.atNs() < RETURN_NS;
    }

    private Death lastDeath(final String node, final long beforeNs) {
        Death last = null;
        for (final Death death : deaths) {
            if (death.node().equals(node) && death.atNs() <= beforeNs) {
                last = death;
            }
        }
        return last;
    }

    /** What was done so far. */
    synchronized List<Death> deaths() {
        return List.copyOf(deaths);
    }

    /** Tables, a line per kind of death. */
    synchronized String table() {
        final StringBuilder text = new StringBuilder(table("gap seen by a call that waited, milliseconds", gaps));
        text.append('\n').append(table("calls with nothing to say: death to new hands, ms", moves));
        if (!unexplained.isEmpty()) {
            text.append(String.format(Locale.ROOT, "%-50s %6d%n", "moved from an element nobody touched",
                unexplained.size()));
        }
        return text.toString();
    }

    private String table(final String title, final Map<Death.Kind, Histogram> histograms) {
        final MillisTable table = new MillisTable(title, "calls", 50, 90, 99, 100);
        for (final Death.Kind kind : Death.Kind.values()) {
            final Histogram h = histograms.get(kind);
            if (h != null) {
                table.row(kind.text(), h);
            } else if (kind != Death.Kind.KILL_REGISTRAR && deaths.stream().anyMatch(d -> d.kind() == kind)) {
                table.count(kind.text(), 0);
            }
        }
        return table.toString();
    }
}
