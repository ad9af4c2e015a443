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
import org.poolswitch.megaco.PackageItem;
import org.poolswitch.mg.core.MgCore;
import org.poolswitch.mg.core.MgNode;
import org.poolswitch.sg.core.CallRecord;
import org.poolswitch.sim.FaultPlan;

/**
 * The world's media gateways: one pool whose members serve the same circuits. What was rung at one is remembered here
 * also after its death, for a line that rings again after that rings twice all the same.
 */
final class SimulatedGateways {
    private static final long MS = 1_000_000L;
    /** From the end of the last fault, or from the event: associations are there again, and everybody was asked. */
    private static final long HEARD_WITHIN_NS = 4_000 * MS;

    /** From one start of a process to its death. @param done when each line did something last, by number and event */
    private record Life(String name, MgCore core, Map<String, Long> done) {
        Long when(final String called, final String event) {
            return done.get(called + ' ' + event);
        }
    }

    private record Ring(Life life, long atNs) {
    }

    private final List<Life> lives = new ArrayList<>();
    /** The newest life of each. */
    private final Map<String, Life> newest = new LinkedHashMap<>();
    /** Those that a fault was put on. */
    private final Set<String> hit = new HashSet<>();
    /** Those among them that were not only stopped for a while. */
    private final Set<String> cutOff = new HashSet<>();

    /** A process starts. */
    MgNode started(final String name, final MgNode node) {
        final Life life = new Life(name, node.core(), new HashMap<>());
        node.core().observe((digits, event, atNs) -> life.done.put(digits + ' ' + event, atNs));
        lives.add(life);
        newest.put(name, life);
        return node;
    }

    /** A fault will be put on nodes, perhaps on gateways. */
    void willBeHit(final FaultPlan.Fault fault) {
        hit.add(fault.node());
        hit.add(fault.other());
        if (fault.kind() != FaultPlan.Kind.PAUSE) {
            cutOff.add(fault.node());
            cutOff.add(fault.other());
        }
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
        if (cutOff.contains(life.name)) {
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

    /** What is wrong with the telephones that rang: a sentence each. @param calmNs when the last fault was undone */
    List<String> complaints(final Collection<CallRecord> records, final long calmNs) {
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
            } else if (rang.size() == 1 && newest.get(rang.get(0).life.name) == rang.get(0).life) {
                unheard(record, rang.get(0).life, calmNs, wrong);
            }
        }
        return wrong;
    }

    /** What a called side does is known to the caller soon after everything is healed. */
    private static void unheard(final CallRecord record, final Life life, final long calmNs, final List<String> wrong) {
        final Long answered = life.when(record.called, PackageItem.OFF_HOOK);
        if (answered != null && (record.answerNs == 0 ? record.endNs : record.answerNs) > heardBy(answered, calmNs)) {
            wrong.add("number " + record.called + " answered at " + answered / MS + " ms, and its caller heard it "
                + (record.answerNs == 0 ? "never" : "at " + record.answerNs / MS + " ms"));
        }
        final Long hungUp = life.when(record.called, PackageItem.ON_HOOK);
        if (hungUp != null && record.endNs > heardBy(hungUp, calmNs)) {
            wrong.add("number " + record.called + " hung up at " + hungUp / MS + " ms, and its call ended at "
                + record.endNs / MS + " ms");
        }
    }

    private static long heardBy(final long eventNs, final long calmNs) {
        return Math.max(eventNs, calmNs) + HEARD_WITHIN_NS;
    }

    /** One that was cut off, or stopped together with its controller, does late what it was told before. */
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
