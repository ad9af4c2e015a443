// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.poolswitch.mg.core.MgCore;
import org.poolswitch.mg.core.MgNode;
import org.poolswitch.sg.core.CallRecord;

/**
 * The world's media gateways: one pool whose members serve the same circuits. What was rung at one is remembered here
 * also after its death, for a line that rings again after that rings twice all the same.
 */
final class SimulatedGateways {
    /** From one start of a process to its death. */
    private record Life(String name, MgCore core) {
    }

    private record Ring(Life life, long atNs) {
    }

    private final List<Life> lives = new ArrayList<>();
    /** The newest life of each. */
    private final Map<String, Life> newest = new LinkedHashMap<>();
    /** Those that a fault was put on. */
    private final Set<String> hit = new HashSet<>();

    /** A process starts. */
    MgNode started(final String name, final MgNode node) {
        final Life life = new Life(name, node.core());
        lives.add(life);
        newest.put(name, life);
        return node;
    }

    /** A fault will be put on this node, perhaps a gateway. */
    void willBeHit(final String name) {
        hit.add(name);
    }

    /** Contexts that must be given back and are not yet. */
    long owed() {
        long owed = 0;
        for (final Life life : newest.values()) {
            final int contexts = life.core.contexts();
            owed += contexts == 0 ? 0 : Math.max(0, contexts - forgiven(life));
        }
        return owed;
    }

    /**
     * docs/failover.md, "What is not promised": what a gateway has of a call that was made at another one as well stays
     * until the circuit is used there again, and so does what it has of calls that ended while it was out of reach.
     */
    private long forgiven(final Life life) {
        if (hit.contains(life.name)) {
            return life.core.contexts();
        }
        return rings().values().stream().filter(r -> r.size() > 1 && r.stream().anyMatch(s -> s.life == life)).count();
    }

    /** By number, in the order of time. */
    private Map<String, List<Ring>> rings() {
        final Map<String, List<Ring>> rings = new HashMap<>();
        for (final Life life : lives) {
            life.core.seizures().forEachAfter(0, seizure -> rings.computeIfAbsent(seizure.digits(),
                number -> new ArrayList<>()).add(new Ring(life, seizure.atNs())));
        }
        rings.values().forEach(all -> all.sort(Comparator.comparingLong(Ring::atNs)));
        return rings;
    }

    /** What is wrong with the telephones that rang: a sentence each. */
    List<String> complaints(final Collection<CallRecord> records) {
        final List<String> wrong = new ArrayList<>();
        final Map<String, List<Ring>> rings = rings();
        for (final CallRecord record : records) {
            final List<Ring> rang = rings.getOrDefault(record.called, List.of());
            final String times = "number " + record.called + " was called " + rang.size() + " times, at "
                + rang.stream().map(ring -> ring.life.name).toList();
            if (rang.stream().map(Ring::life).distinct().count() < rang.size()) {
                wrong.add(times);
            } else if (rang.size() > 1 && record.failovers == 0
                && rang.stream().noneMatch(ring -> hit.contains(ring.life.name))) {
                wrong.add(times + ", though the call never changed hands");
            } else if (rang.size() > 1 && isLate(rang.get(rang.size() - 1), record)) {
                wrong.add(times + ", the last time after the ACM");
            }
        }
        return wrong;
    }

    /** One that was stopped obeys, when it goes on, what it was told before. */
    private boolean isLate(final Ring last, final CallRecord record) {
        return record.acmNs != 0 && last.atNs > record.acmNs && !hit.contains(last.life.name);
    }

    @Override
    public String toString() {
        final List<String> all = new ArrayList<>();
        newest.values().forEach(life -> all.add(life.name + " " + life.core.contexts() + " contexts"));
        return String.join(", ", all);
    }
}
