// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What will go wrong in a world, and when. Drawn from a seed, printed with failures, applied once. Every fault is
 * undone before the plan ends: what comes after is the time in which everything must heal.
 *
 * @param faults in the order of time
 */
public record FaultPlan(List<Fault> faults) {
    /** Kinds of faults. */
    public enum Kind {
        /** SIGKILL, later restarted. */
        KILL,
        /** SIGSTOP, later SIGCONT. */
        PAUSE,
        /** The cable of one host is pulled, later plugged in again. */
        ISOLATE,
        /** Power failure, later back and restarted. */
        POWER_OFF,
        /** Nothing passes between two nodes, later it does again. */
        CUT,
        /** Nothing passes one way. */
        CUT_ONE_WAY,
        /** One cable of a multi-homed node is pulled, later plugged in again. */
        CUT_PATH,
        /** Slow processing for a while. */
        SLOW,
        /** A burst in which most of what one node sends to another is lost. */
        BURST,
        /** The NAT in front of a node gives its connections other ports; there is nothing to undo. */
        REBIND,
        /** The node's user takes no events from its transport, later it does again. */
        DEAF
    }

    /**
     * One fault.
     *
     * @param other the other end of a cut, else null
     * @param path  which of the node's addresses, if only one is concerned, counted round
     */
    public record Fault(Kind kind, long atNs, long lastsNs, String node, String other, int path) {
        /** A fault of the whole node. */
        public Fault(final Kind kind, final long atNs, final long lastsNs, final String node, final String other) {
            this(kind, atNs, lastsNs, node, other, 0);
        }

        @Override
        public String toString() {
            return kind + " " + node + (other == null ? "" : " " + other) + " at " + atNs / 1_000_000 + " ms for "
                + lastsNs / 1_000_000 + " ms";
        }
    }

    private static final long SLOW_NS_PER_DATAGRAM = 300_000;
    private static final double BURST_LOSS = 0.8;
    /** A multiple of 1, 2 and 3, so that each of so many paths is as likely. */
    private static final int MOST_PATHS = 6;

    public FaultPlan {
        faults = faults.stream().sorted(Comparator.comparingLong(Fault::atNs)).toList();
    }

    /**
     * Draws a plan.
     *
     * @param kinds   what may happen; each is drawn at least once if {@code count} allows
     * @param victims nodes that it may happen to; a node has one fault at a time
     * @param count   how many faults
     * @param fromNs  earliest start
     * @param untilNs everything is undone by then
     * @param longest longest a fault may last
     */
    public static FaultPlan draw(final RandomGenerator random, final List<Kind> kinds, final List<String> victims,
        final int count, final long fromNs, final long untilNs, final long longest) {
        final List<Fault> faults = new ArrayList<>();
        // a fault that finds no free place after some tries is left out: the plan stays bounded
        for (int i = 0, tries = 0; i < count && tries < 20 * count; tries++) {
            final Kind kind = kinds.get(i < kinds.size() ? i : random.nextInt(kinds.size()));
            final String node = victims.get(random.nextInt(victims.size()));
            final String other = kind == Kind.CUT || kind == Kind.CUT_ONE_WAY || kind == Kind.BURST
                ? victims.get(random.nextInt(victims.size())) : null;
            final long lasts = random.nextLong(longest / 20 + 1, longest + 1);
            if (node.equals(other) || untilNs - lasts <= fromNs) {
                continue;
            }
            final Fault fault = new Fault(kind, random.nextLong(fromNs, untilNs - lasts), lasts, node, other,
                kind == Kind.CUT_PATH ? random.nextInt(MOST_PATHS) : 0);
            if (faults.stream().noneMatch(f -> clash(f, fault))) {
                faults.add(fault);
                i++;
            }
        }
        return new FaultPlan(faults);
    }

    private static boolean clash(final Fault a, final Fault b) {
        final boolean sameTime = a.atNs <= b.atNs + b.lastsNs && b.atNs <= a.atNs + a.lastsNs;
        return sameTime && (a.node.equals(b.node) || a.other != null && b.other != null
            && (a.node.equals(b.other) || a.other.equals(b.node) || a.other.equals(b.other)));
    }

    /** Schedules everything. */
    public void apply(final SimWorld world) {
        for (final Fault fault : faults) {
            world.schedule(fault.atNs(), () -> begin(world, fault));
            world.schedule(fault.atNs() + fault.lastsNs(), () -> undo(world, fault));
        }
    }

    private static void begin(final SimWorld world, final Fault f) {
        switch (f.kind()) {
            case KILL -> world.kill(f.node());
            case PAUSE -> world.pause(f.node());
            case ISOLATE -> world.isolate(f.node());
            case POWER_OFF -> world.powerOff(f.node());
            case CUT -> world.cut(f.node(), f.other());
            case CUT_ONE_WAY -> world.cutOneWay(f.node(), f.other());
            case CUT_PATH -> world.cutPath(f.node(), f.path());
            case SLOW -> world.slow(f.node(), SLOW_NS_PER_DATAGRAM);
            case BURST -> world.burst(f.node(), f.other(), BURST_LOSS);
            case REBIND -> world.rebind(f.node());
            case DEAF -> world.deafen(f.node(), true);
            default -> throw new IllegalStateException("no such fault: " + f);
        }
    }

    private static void undo(final SimWorld world, final Fault f) {
        switch (f.kind()) {
            case KILL, POWER_OFF -> world.restart(f.node());
            case PAUSE -> world.resume(f.node());
            case ISOLATE -> world.rejoin(f.node());
            case CUT, CUT_ONE_WAY -> world.heal(f.node(), f.other());
            case CUT_PATH -> world.healPath(f.node(), f.path());
            case SLOW -> world.slow(f.node(), 0);
            case BURST -> world.burst(f.node(), f.other(), 0);
            case REBIND -> { }
            case DEAF -> world.deafen(f.node(), false);
            default -> throw new IllegalStateException("no such fault: " + f);
        }
    }
}
