// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.runtime.Shard;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.core.SctpEndpointCore;
import org.poolswitch.sctp.udp.SctpPorts;

/**
 * One node of a simulated world: a node machine and its endpoint, driven by the same {@link Shard} loop as a real
 * process, with a clock of its own that may run fast or slow. Killed, it forgets everything; paused, its socket fills.
 */
public final class SimNode {
    /** What a node is doing. */
    public enum State {
        /** It runs. */
        RUNNING,
        /** Its process is stopped and will go on. */
        PAUSED,
        /** Its process is gone. */
        DEAD
    }

    private static final long MILLION = 1_000_000L;

    private final SimWorld world;
    private final String name;
    private final List<InetAddress> hosts;
    private final SimNodeFactory.OfSeveralPorts factory;
    private final List<Integer> sctpPorts;
    private final boolean listening;
    private final long driftPpm;
    private final SctpConfig sctp;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private State state = State.DEAD;
    private List<SimEndpoint> endpoints = List.of();
    private SctpPorts ports;
    private NodeMachine machine;
    private Shard shard;
    private final List<SimAnnouncements> announcements = new ArrayList<>();
    private int incarnation;
    private long pausedAtNs;
    private long processingNs;
    private long busyUntilNs;
    /** Inputs that a slow machine has not come to yet, and when there was none for the last time. */
    private int unread;
    private long allReadNs = Long.MIN_VALUE;
    private long wakeAtNs = Machine.NO_DEADLINE;

    SimNode(final SimWorld world, final String name, final List<InetAddress> hosts,
        final SimNodeFactory.OfSeveralPorts factory, final List<Integer> sctpPorts, final boolean listening,
        final long driftPpm, final SctpConfig sctp) {
        this.world = world;
        this.name = name;
        this.hosts = List.copyOf(hosts);
        this.factory = factory;
        this.sctpPorts = List.copyOf(sctpPorts);
        this.listening = listening;
        this.driftPpm = driftPpm;
        this.sctp = sctp;
    }

    void boot(final RandomGenerator random) {
        if (state != State.DEAD) {
            throw new IllegalStateException(name + " runs already");
        }
        incarnation++;
        unread = 0;
        wakeAtNs = Machine.NO_DEADLINE;
        state = State.RUNNING;
        final SimEndpoint first = new SimEndpoint(this, world.network(), sctp, address(), listening, random);
        endpoints = new ArrayList<>(List.of(first));
        sctpPorts.stream().skip(1).forEach(p -> endpoints.add(new SimEndpoint(first, sctp, p, random)));
        ports = new SctpPorts();
        endpoints.forEach(e -> ports.add(e.core()));
        machine = factory.boot(List.copyOf(endpoints), random);
        shard = new Shard(world.config().shard(), this::clockNs);
        for (final AnnouncementPort announcement : machine.announcementPorts()) {
            final SimAnnouncements joined = new SimAnnouncements(this, world.network(), announcement);
            announcements.add(joined);
            shard.addAnnouncements(joined);
        }
        shard.start(endpoints, machine);
        run();
    }

    void kill() {
        if (state != State.DEAD) {
            state = State.DEAD;
            endpoints.forEach(SimEndpoint::unplug);
            announcements.forEach(SimAnnouncements::close);
            announcements.clear();
            held.clear();
        }
    }

    void pause() {
        if (state == State.RUNNING) {
            state = State.PAUSED;
            pausedAtNs = clockNs();
        }
    }

    void resume() {
        if (state != State.PAUSED) {
            return;
        }
        state = State.RUNNING;
        final long now = clockNs();
        // first of all the node learns that it was away, then what happened meanwhile
        shard.onClockJump(now - pausedAtNs, now);
        while (!held.isEmpty()) {
            held.poll().run();
        }
        run();
    }

    /** Simulates a slow machine: each datagram takes this long, others wait. */
    void setProcessingNs(final long ns) {
        processingNs = ns;
    }

    /** The user takes no events, or does again. */
    void setDeaf(final boolean deaf) {
        if (state != State.DEAD) {
            endpoints.forEach(e -> e.setDeaf(deaf));
        }
        if (state == State.RUNNING && !deaf) {
            run();
        }
    }

    void deliver(final Datagram d) {
        input(() -> ports.of(d.from().getAddress(), d.payload(), 0, d.payload().length).onPacket(
            d.to().getAddress(), d.from().getAddress(), d.from().getPort(), d.payload(), 0, d.payload().length,
            clockNs()));
    }

    void portUnreachable(final InetSocketAddress remote) {
        input(() -> ports.all().forEach(
            core -> core.onPortUnreachable(remote.getAddress(), remote.getPort(), clockNs())));
    }

    void announced(final AnnouncementPort announcement, final byte[] payload, final InetSocketAddress from) {
        input(() -> announcement.listener().onAnnouncement(payload, 0, payload.length, from, clockNs()));
    }

    private void input(final Runnable input) {
        if (state == State.PAUSED) {
            if (held.size() < world.config().socketQueue()) {
                held.add(input);
            }
            return;
        }
        if (processingNs == 0 && busyUntilNs <= world.nowNs()) {
            input.run();
            run();
            return;
        }
        final long start = Math.max(world.nowNs(), busyUntilNs);
        if (processingNs > 0 && start - world.nowNs() > processingNs * world.config().socketQueue()) {
            return;
        }
        busyUntilNs = start + processingNs;
        final int then = incarnation;
        unread++;
        world.schedule(busyUntilNs, () -> {
            if (then == incarnation && --unread == 0) {
                allReadNs = clockNs();
            }
            if (state == State.PAUSED && then == incarnation) {
                held.add(input);
            } else if (state == State.RUNNING && then == incarnation) {
                input.run();
                run();
            }
        });
    }

    /** Its SCTP ports. */
    SctpPorts ports() {
        return ports;
    }

    /** Whether something that came before {@code sinceNs}, by the node's own clock, may be unread. */
    boolean hasUnread(final long sinceNs) {
        return unread > 0 && allReadNs < sinceNs;
    }

    private void run() {
        shard.run();
        final long due = shard.wasCut() ? clockNs() : shard.nextDeadlineNs();
        if (due == Machine.NO_DEADLINE) {
            wakeAtNs = Machine.NO_DEADLINE;
            return;
        }
        final long at = Math.max(world.nowNs(), toWorldNs(due));
        if (at != wakeAtNs) {
            wakeAtNs = at;
            final int then = incarnation;
            world.schedule(at, () -> wake(at, then));
        }
    }

    private void wake(final long at, final int then) {
        // an older timer that was overtaken, or one of an earlier life
        if (at != wakeAtNs || then != incarnation || state == State.DEAD) {
            return;
        }
        wakeAtNs = Machine.NO_DEADLINE;
        // a paused node's timers fire late, when it goes on
        if (state == State.RUNNING) {
            run();
        }
    }

    /** Does something with the endpoint or machine from outside, as an input of its own. */
    public void act(final Consumer<SctpEndpoint> action) {
        if (state != State.RUNNING) {
            throw new IllegalStateException(name + " does not run");
        }
        action.accept(endpoints.get(0));
        run();
    }

    /** This node's own clock. */
    public long clockNs() {
        final long now = world.nowNs();
        return driftPpm == 0 ? now : now + now / MILLION * driftPpm + now % MILLION * driftPpm / MILLION;
    }

    private long toWorldNs(final long clock) {
        if (driftPpm == 0) {
            return clock;
        }
        final long per = MILLION + driftPpm;
        long guess = clock / per * MILLION + clock % per * MILLION / per;
        while (guess + guess / MILLION * driftPpm + guess % MILLION * driftPpm / MILLION < clock) {
            guess++;
        }
        return guess;
    }

    /** The node's name. */
    public String name() {
        return name;
    }

    /** Its IP address, the first if it has several. */
    public InetAddress host() {
        return hosts.get(0);
    }

    /** Its IP addresses. */
    public List<InetAddress> hosts() {
        return hosts;
    }

    /** What it is doing. */
    public State state() {
        return state;
    }

    /** How often it was booted. */
    public int incarnation() {
        return incarnation;
    }

    /** The machine of the newest incarnation. */
    public NodeMachine machine() {
        return machine;
    }

    /** The same with its type. */
    public <T> T machine(final Class<T> type) {
        return type.cast(machine);
    }

    /** The endpoint of the newest incarnation, for looking; to do something use {@link #act}. */
    public SctpEndpoint endpoint() {
        return endpoints.get(0);
    }

    /** The protocol logic of the newest incarnation, for looking. */
    public SctpEndpointCore core() {
        return endpoints.get(0).core();
    }

    /** The address at which others reach this node. */
    public SctpAddress address() {
        return new SctpAddress(hosts, sctpPorts.get(0), world.config().encapsulationPort());
    }
}
