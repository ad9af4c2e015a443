// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.observe.PcapReader;
import org.poolswitch.observe.PcapTap;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.observe.SctpDataExtractor;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/** Virtual time, faults, replay. */
class SimWorldTest {
    private static final long MS = 1_000_000L;
    private static final int PORT = 2905;

    private Chatter.Ledger ledger = new Chatter.Ledger();

    private static InetAddress ip(final int n) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) n});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two servers and a client that talks to both. */
    private SimWorld world(final long seed, final LinkQuality quality) {
        final SimWorld world = new SimWorld(seed, SimConfig.defaults(SctpConfig.carrier()).withLink(quality));
        final Chatter.Ledger book = new Chatter.Ledger();
        ledger = book;
        for (int i = 1; i <= 2; i++) {
            world.addNode("server" + i, ip(i), (endpoint, random) ->
                new Chatter(endpoint, random, List.of(), book), PORT);
        }
        final List<SctpAddress> servers = List.of(world.node("server1").address(), world.node("server2").address());
        world.addClient("client", ip(3), (endpoint, random) ->
            new Chatter(endpoint, random, servers, book), PORT);
        return world;
    }

    private static Chatter chatter(final SimWorld world, final String name) {
        return world.node(name).machine(Chatter.class);
    }

    private static FaultPlan plan(final SimWorld world) {
        return FaultPlan.draw(world.newRandom(), List.of(FaultPlan.Kind.KILL, FaultPlan.Kind.PAUSE,
            FaultPlan.Kind.ISOLATE, FaultPlan.Kind.CUT_ONE_WAY, FaultPlan.Kind.SLOW, FaultPlan.Kind.POWER_OFF),
            List.of("server1", "server2", "client"), 5, 100 * MS, 2000 * MS, 500 * MS);
    }

    private long history(final long seed) {
        final SimWorld world = world(seed, LinkQuality.draw(new SplittableRandom(seed)));
        plan(world).apply(world);
        world.run(2500 * MS);
        return world.traceHash();
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        final long first = history(42);
        assertThat(history(42)).isEqualTo(first);
        assertThat(history(43)).isNotEqualTo(first);
    }

    @Test
    void aKilledPeerIsNoticedThroughIcmpAtOnce() {
        final SimWorld world = world(1, LinkQuality.LAN);
        world.run(100 * MS);
        assertThat(chatter(world, "client").associationsUp()).isEqualTo(2);
        world.kill("server1");
        world.runFor(10 * MS);
        assertThat(chatter(world, "client").log()).last().isEqualTo("down PEER_UNREACHABLE");
        world.restart("server1");
        world.runFor(100 * MS);
        assertThat(chatter(world, "client").associationsUp()).isEqualTo(2);
        assertThat(world.node("server1").incarnation()).isEqualTo(2);
    }

    @Test
    void aHostWithoutPowerIsNoticedByItsSilence() {
        final SimWorld world = world(1, LinkQuality.LAN);
        world.run(100 * MS);
        world.powerOff("server1");
        world.runFor(10 * MS);
        assertThat(chatter(world, "client").log()).doesNotContain("down PEER_UNREACHABLE", "down PEER_SILENT");
        world.runFor(1500 * MS);
        assertThat(chatter(world, "client").log()).contains("down PEER_SILENT");
    }

    @Test
    void aPausedNodeLearnsOfItsPauseBeforeAnythingElse() {
        final SimWorld world = world(1, LinkQuality.LAN);
        world.run(100 * MS);
        world.pause("server1");
        final int before = chatter(world, "server1").log().size();
        world.runFor(90 * MS);
        assertThat(chatter(world, "server1").log()).hasSize(before);
        world.resume("server1");
        assertThat(chatter(world, "server1").log().get(before)).isEqualTo("jump 90");
        world.runFor(1000 * MS);
        assertThat(chatter(world, "client").associationsUp()).isEqualTo(2);
    }

    /** A world in which a server did not run for so long, each time. */
    private SimWorld starved(final long... pausesMs) {
        final SimWorld world = world(1, LinkQuality.LAN);
        world.run(100 * MS);
        for (final long ms : pausesMs) {
            world.pause("server1");
            world.runFor(ms * MS);
            world.resume("server1");
            world.runFor(300 * MS);
        }
        return world;
    }

    @Test
    void whoWasLateBeforeIsWaitedForAndTheDeadAreNoticedAllTheSame() {
        assertThat(chatter(starved(300), "client").log()).contains("down PEER_SILENT");
        final SimWorld world = starved(70, 300);
        assertThat(chatter(world, "client").log()).doesNotContain("down PEER_SILENT");
        world.powerOff("server1");
        world.runFor(1500 * MS);
        assertThat(chatter(world, "client").log()).contains("down PEER_SILENT");
    }

    @Test
    void aOneWayCutEndsAndHeals() {
        final SimWorld world = world(1, LinkQuality.LAN);
        world.run(100 * MS);
        world.cutOneWay("server2", "client");
        world.runFor(2000 * MS);
        assertThat(chatter(world, "client").associationsUp()).isEqualTo(1);
        world.heal("server2", "client");
        world.runFor(2000 * MS);
        assertThat(chatter(world, "client").associationsUp()).isEqualTo(2);
    }

    @Test
    void fastAndSlowClocksStillTalk() {
        final SimWorld world = new SimWorld(7, SimConfig.defaults(SctpConfig.carrier()));
        world.addNode("server", ip(1), (endpoint, random) -> new Chatter(endpoint, random, List.of(), ledger), PORT,
            true, 100_000);
        final List<SctpAddress> servers = List.of(world.node("server").address());
        world.addNode("client", ip(2), (endpoint, random) -> new Chatter(endpoint, random, servers, ledger), PORT,
            false, -50_000);
        world.run(1000 * MS);
        assertThat(world.node("server").clockNs()).isEqualTo(1100 * MS);
        assertThat(world.node("client").clockNs()).isEqualTo(950 * MS);
        assertThat(ledger.delivered()).isGreaterThan(200);
        assertThat(ledger.downs()).isZero();
    }

    @Test
    void failuresNameTheSeedAndTheFaults() {
        final SimWorld world = world(99, LinkQuality.LAN);
        world.addInvariant(w -> {
            if (w.nowNs() > 50 * MS) {
                throw new IllegalStateException("two owners");
            }
        });
        world.run(10 * MS);
        world.pause("server2");
        assertThatThrownBy(() -> world.run(100 * MS)).isInstanceOf(SimFailure.class)
            .hasMessageContaining("seed 99").hasMessageContaining("two owners").hasMessageContaining("pause server2");
    }

    @Test
    void aTapSeesWhatWiresharkWouldSee() throws Exception {
        final SimWorld world = world(5, LinkQuality.LAN);
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        final PcapWriter writer = new PcapWriter(file, 1 << 24);
        world.network().setTap(new PcapTap(writer, false, 0));
        world.run(300 * MS);
        writer.close();
        assertThat(SctpDataExtractor.extract(PcapReader.read(file.toByteArray()), 9899)).hasSizeGreaterThan(50)
            .allMatch(d -> d.ppid() == 3);
    }

    @Test
    void everySeedKeepsTheTransportsPromises() {
        long delivered = 0;
        long downs = 0;
        // more on demand: -Dpoolswitch.seeds=10000
        final int seeds = Integer.getInteger("poolswitch.seeds", 100);
        for (long seed = 1; seed <= seeds; seed++) {
            final SimWorld world = world(seed, LinkQuality.draw(new SplittableRandom(seed)));
            final FaultPlan plan = plan(world);
            plan.apply(world);
            world.run(2000 * MS);
            // healed: everybody finds everybody again
            world.network().healAll();
            world.network().setQuality(LinkQuality.LAN);
            if (!world.runUntil(() -> chatter(world, "client").associationsUp() == 2, world.nowNs() + 10_000 * MS)) {
                throw world.failure("not healed; " + chatter(world, "client").log() + plan);
            }
            delivered += ledger.delivered();
            downs += ledger.downs();
        }
        assertThat(delivered).isGreaterThan(10_000);
        assertThat(downs).isGreaterThan(100);
    }
}
