// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * How soon registrars know: from the fault to the moment at which the last living registrar has removed the killed
 * element, and from a registrar's death to the end of the takeover. All times come from the host's one monotonic clock.
 */
final class RegistrarBook {
    private static final long MAX_US = 120_000_000;
    private final Map<Death.Kind, Histogram> removals = new EnumMap<>(Death.Kind.class);
    private final Histogram takeovers = new Histogram(MAX_US, 3);
    private final Map<String, String> elementOfNode = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Map<String, String> registrarOfServer = new HashMap<>();
    private final Map<String, Long> deadRegistrars = new HashMap<>();

    /** A killed element, and the registrars that do not know yet. */
    private static final class Pending {
        private final Death death;
        private final String element;
        private final Set<String> waiting;
        private long lastNs;

        Pending(final Death death, final String element, final Set<String> waiting) {
            this.death = death;
            this.element = element;
            this.waiting = waiting;
        }
    }

    /** A fault is about to be put on a node. */
    synchronized void died(final Death death) {
        if (death.kind() == Death.Kind.KILL_REGISTRAR) {
            deadRegistrars.put(death.node(), death.atNs());
            // what the dead one would have said is not waited for
            pending.forEach(p -> p.waiting.remove(death.node()));
            pending.removeIf(p -> p.waiting.isEmpty());
        } else if (!death.kind().comesBack() && elementOfNode.containsKey(death.node())) {
            final Set<String> waiting = new HashSet<>(Network.REGISTRARS);
            waiting.removeIf(r -> !registrarOfServer.containsValue(r));
            pending.add(new Pending(death, elementOfNode.get(death.node()), waiting));
        }
    }

    /** Takes any event. */
    synchronized void onEvent(final NodeEvent event) {
        switch (event.kind()) {
            case "up" -> {
                if (event.fields().containsKey("element")) {
                    elementOfNode.put(event.node(), event.text("element"));
                } else if (event.fields().containsKey("server")) {
                    registrarOfServer.put(event.text("server"), event.node());
                }
            }
            case "element-removed" -> onRemoved(event);
            case "takeover" -> onTakeover(event);
            default -> { }
        }
    }

    private void onRemoved(final NodeEvent event) {
        for (final Pending p : pending) {
            if (p.element.equals(event.text("element")) && p.waiting.remove(event.node())) {
                p.lastNs = Math.max(p.lastNs, event.number("at"));
                if (p.waiting.isEmpty()) {
                    record(removals(p.death.kind()), p.lastNs - p.death.atNs());
                }
            }
        }
        pending.removeIf(p -> p.waiting.isEmpty());
    }

    /** The heir's own word counts, not that of those who hear of it. */
    private void onTakeover(final NodeEvent event) {
        final Long at = deadRegistrars.get(registrarOfServer.get(event.text("server")));
        if (at != null && event.node().equals(registrarOfServer.get(event.text("by")))) {
            deadRegistrars.remove(registrarOfServer.get(event.text("server")));
            record(takeovers, event.number("at") - at);
        }
    }

    /** Microseconds from the fault until the last registrar had removed the element. */
    synchronized Histogram removals(final Death.Kind of) {
        return removals.computeIfAbsent(of, kind -> new Histogram(MAX_US, 3));
    }

    /** Whether some registrar still lists a killed element. */
    synchronized boolean isWaiting() {
        return !pending.isEmpty();
    }

    private static void record(final Histogram h, final long ns) {
        h.recordValue(Math.max(1, Math.min(MAX_US, ns / 1_000)));
    }

    /** A table; killed elements that some registrar still lists are told. */
    synchronized String table() {
        final MillisTable table = new MillisTable("what " + Network.REGISTRARS.size()
            + " registrars know, from the fault, ms", "faults", 50, 99, 100);
        removals.forEach((kind, h) -> table.row(kind.text().replaceAll(" \\(.*", "") + ": removed everywhere", h));
        if (takeovers.getTotalCount() > 0) {
            table.row("registrar killed: its elements have a new home", takeovers);
        }
        if (!pending.isEmpty()) {
            table.count("killed, and still listed somewhere", pending.size());
        }
        return table.toString();
    }
}
