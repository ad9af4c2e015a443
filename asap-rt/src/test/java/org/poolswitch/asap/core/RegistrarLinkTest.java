// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.core.Rig.MS;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.wire.ServerAnnounce;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;

/** The hunt for a registrar: static list, announcements, standby, and what happens when the home is lost or late. */
class RegistrarLinkTest {
    private static final SctpAddress[] FOUR = {FakeEndpoint.address(200, 3863), FakeEndpoint.address(201, 3863),
        FakeEndpoint.address(202, 3863), FakeEndpoint.address(203, 3863)};
    private static final InetSocketAddress GROUP = new InetSocketAddress(FakeEndpoint.address(1, 1).host(), 3863);
    private final AsapConfig two = AsapConfig.carrier(List.of(Rig.REGISTRAR, Rig.REGISTRAR2), null, 9899);

    private static AsapConfig plain(final AsapConfig config) {
        return config.with("Standby.Registrar=off,Hedge.After=0ms");
    }

    private static long open(final Rig rig) {
        return rig.net.associations.values().stream().filter(a -> !a.gone).count();
    }

    @Test
    void threeAreTriedAtOnceAndTheFirstWins() {
        final Rig rig = new Rig(plain(AsapConfig.carrier(List.of(FOUR), null, 9899)));
        rig.stack.start(0);
        assertThat(rig.net.associations).hasSize(3);
        final FakeEndpoint.Association second = rig.net.of(FOUR[1]);
        rig.net.up(second, false, 0);
        rig.net.poll(rig.stack, 10, 0);
        assertThat(rig.stack.homeRegistrar()).isEqualTo(FOUR[1]);
        assertThat(open(rig)).as("the others are closed").isEqualTo(1);
        rig.run(10_000 * MS);
        assertThat(rig.net.associations).hasSize(3);
    }

    @Test
    void oneThatRefusesMakesRoomForTheFourth() {
        final Rig rig = new Rig(plain(AsapConfig.carrier(List.of(FOUR), null, 9899)));
        rig.stack.start(0);
        rig.net.down(rig.net.of(FOUR[0]), DownCause.CONNECT_FAILED);
        rig.net.poll(rig.stack, 10, 0);
        assertThat(rig.net.of(FOUR[3])).isNotNull();
    }

    @Test
    void silenceIsGivenT5WhichDoublesUpToRetranMax() {
        final Rig rig = new Rig(plain(two).with("Hunt.Pause=1ms,RETRAN-MAX=1500ms"));
        rig.stack.start(0);
        long since = 0;
        for (final long t5 : new long[] {500, 1000, 1500, 1500}) {
            // nobody answers; a pause of the hunt, and then both are tried again
            final FakeEndpoint.Association tried = rig.net.of(FOUR[0]);
            rig.now = since + t5 * MS - 1;
            rig.stack.onDeadline(rig.now);
            assertThat(tried.gone).isFalse();
            rig.now++;
            rig.stack.onDeadline(rig.now);
            assertThat(tried.gone).isTrue();
            since = rig.stack.nextDeadlineNs();
            rig.now = since;
            rig.stack.onDeadline(rig.now);
        }
    }

    @Test
    void neverGivesUpAndPacesItself() {
        final Rig rig = new Rig(two);
        rig.registrarUp = false;
        rig.start();
        rig.run(60_000 * MS);
        assertThat(rig.count(AsapCounter.HUNTS)).isBetween(60L, 110L);
        rig.registrarUp = true;
        rig.run(2_000 * MS);
        assertThat(rig.stack.registrarConnected()).isTrue();
    }

    @Test
    void aLostHomeIsReplacedByTheStandbyInTheSameMoment() {
        final Rig rig = new Rig(two).elements(1).start();
        assertThat(open(rig)).isEqualTo(2);
        final PoolSession s = rig.open();
        rig.registrarAnswers = false;
        rig.send(s, "x", 0);
        rig.registrarAnswers = true;
        rig.net.down(rig.net.of(rig.stack.homeRegistrar()), DownCause.PEER_UNREACHABLE);
        rig.settle();
        assertThat(rig.got(1)).as("no time has passed").containsExactly("x");
        rig.run(100 * MS);
        assertThat(open(rig)).as("home, standby, element").isEqualTo(3);
        assertThat(rig.count(AsapCounter.REGISTRAR_LOSSES)).isEqualTo(1);
    }

    @Test
    void whatALateHomeDoesNotAnswerTheStandbyDoes() {
        final Rig rig = new Rig(two).elements(1).start();
        final SctpAddress home = rig.stack.homeRegistrar();
        rig.mute.add(home);
        final PoolSession s = rig.open();
        rig.send(s, "x", 0);
        rig.run(9 * MS);
        assertThat(rig.got(1)).isEmpty();
        rig.run(2 * MS);
        assertThat(rig.got(1)).containsExactly("x");
        assertThat(rig.count(AsapCounter.HEDGED)).isEqualTo(1);
        assertThat(rig.net.of(home).probes).isEqualTo(1);
        // a second pool need not even wait for that, for the home is doubtful now
        final PoolSession other = rig.stack.user().open(new byte[] {7}, rig, null, rig.now);
        rig.send(other, "y", 0);
        rig.settle();
        assertThat(rig.got(1)).containsExactly("y");
        rig.run(200 * MS);
        assertThat(rig.stack.homeRegistrar()).as("silent for deadAfter: left").isNotNull().isNotEqualTo(home);
    }

    @Test
    void aLateHomeThatIsHeardStays() {
        final Rig rig = new Rig(two).elements(1).start();
        final SctpAddress home = rig.stack.homeRegistrar();
        rig.mute.add(home);
        rig.send(rig.open(), "x", 0);
        rig.run(50 * MS);
        rig.net.of(home).lastHeardNs = rig.now;
        rig.run(500 * MS);
        assertThat(rig.stack.homeRegistrar()).isEqualTo(home);
        assertThat(rig.got(1)).containsExactly("x");
    }

    @Test
    void withoutStandbyT1HuntsForAnotherWhileItRepeats() {
        final Rig rig = new Rig(plain(two)).elements(1).start();
        final SctpAddress home = rig.stack.homeRegistrar();
        rig.mute.add(home);
        rig.send(rig.open(), "x", 0);
        rig.run(249 * MS);
        assertThat(rig.got(1)).isEmpty();
        rig.run(2 * MS);
        assertThat(rig.got(1)).as("RFC 5352 section 3.6").containsExactly("x");
    }

    @Test
    void silentHomeIsLeftAfterMaxRequestRetransmit() {
        // a transport that hears it all the same: only ASAP itself is silent
        final Rig rig = new Rig(plain(AsapConfig.carrier(List.of(Rig.REGISTRAR), null, 9899))).elements(1).start();
        rig.registrarAnswers = false;
        rig.send(rig.open(), "x", 0);
        for (int i = 0; i < 74; i++) {
            rig.net.of(Rig.REGISTRAR).lastHeardNs = rig.now;
            rig.run(10 * MS);
        }
        assertThat(rig.asked(5)).isEqualTo(3);
        assertThat(rig.count(AsapCounter.REGISTRAR_LOSSES)).isZero();
        rig.registrarAnswers = true;
        rig.run(20 * MS);
        assertThat(rig.count(AsapCounter.REGISTRAR_LOSSES)).isEqualTo(1);
        assertThat(rig.got(1)).containsExactly("x");
    }

    @Test
    void noRegistrarConfiguredIsQuiet() {
        final Rig alone = new Rig(AsapConfig.carrier(List.of(), null, 9899)).start();
        assertThat(alone.idle()).isTrue();
    }

    private static void announce(final Rig rig, final int serverId, final InetSocketAddress from) {
        final AnnouncementPort port = rig.stack.announcementPorts().get(0);
        final byte[] b = new ServerAnnounce(serverId, List.of()).octets();
        port.listener().onAnnouncement(b, 0, b.length, from, rig.now);
        rig.settle();
    }

    private static InetSocketAddress at(final int host, final int port) {
        return new InetSocketAddress(FakeEndpoint.address(host, 1).host(), port);
    }

    @Test
    void announcedRegistrarsAreFoundAndOutdated() throws Exception {
        final InetSocketAddress group = new InetSocketAddress(java.net.InetAddress.getByName("239.0.0.50"), 3863);
        final Rig rig = new Rig(plain(AsapConfig.carrier(List.of(), null, 9899)).withAnnounceGroup(group)).start();
        assertThat(rig.stack.registrarConnected()).isFalse();
        announce(rig, 0x12, at(201, 40_000));
        assertThat(rig.stack.homeRegistrar()).as("a source port of the system's tells nothing").isEqualTo(FOUR[1]);
        announce(rig, 0x11, at(200, 3863));
        rig.run(4_000 * MS);
        assertThat(rig.stack.registrarsKnown()).isEqualTo(2);
        rig.run(2_000 * MS);
        assertThat(rig.stack.registrarsKnown()).as("T7-ENRPoutdate passed, but not for the home").isEqualTo(1);
        final byte[] bad = {10, 0, 0, 7, 0, 0, 0};
        rig.stack.announcementPorts().get(0).listener().onAnnouncement(bad, 0, bad.length, GROUP, rig.now);
        assertThat(rig.count(AsapCounter.MALFORMED)).isEqualTo(1);
        rig.net.down(rig.net.of(FOUR[1]), DownCause.PEER_UNREACHABLE);
        rig.registrarUp = false;
        rig.run(6_000 * MS);
        assertThat(rig.stack.registrarsKnown()).isZero();
        rig.run(6_000 * MS);
        assertThat(rig.idle()).isTrue();
    }

    @Test
    void theTableOfAnnouncedRegistrarsIsBounded() throws Exception {
        final InetSocketAddress group = new InetSocketAddress(java.net.InetAddress.getByName("239.0.0.50"), 3863);
        final Rig rig = new Rig(two.with("Registrars.Max=5").withAnnounceGroup(group)).start();
        for (int i = 0; i < 200; i++) {
            announce(rig, i, at(i, 3863));
        }
        assertThat(rig.stack.registrarsKnown()).isEqualTo(5);
    }
}
