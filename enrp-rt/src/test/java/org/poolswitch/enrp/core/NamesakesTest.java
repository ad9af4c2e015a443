// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.enrp.wire.HandleTableRequest;
import org.poolswitch.enrp.wire.ListRequest;
import org.poolswitch.enrp.wire.ListResponse;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.SctpAddress;

/** Two registrars with one identifier (RFC 5353 section 3.2.1), which meet only through a third: the one under test. */
class NamesakesTest {
    private static final long MS = EnrpRig.MS;
    private static final int PEER = 0x22222222;
    private static final int CHECKSUM = 0x1234;

    private final List<String> events = new ArrayList<>();
    private final EnrpRig rig = new EnrpRig("", RegistrarConfig.carrier().withKeepAlive(100_000 * MS, 50_000 * MS),
        new MeshObserver() {
            @Override
            public void onDuplicatePeer(final int peer, final SctpAddress kept, final SctpAddress other) {
                events.add(Integer.toHexString(peer) + " " + kept.hosts() + " " + other.hosts());
            }

            @Override
            public void onDuplicateIdentifier(final SctpAddress address) {
                events.add("ours " + address.hosts());
            }
        }, List.of());

    private List<EnrpRig.Said> asked(final int association) {
        return rig.hear(association, new Presence(PEER, EnrpRig.SERVER, true, CHECKSUM, new ServerInformation(PEER,
            TransportParameter.sctp(9901, 0, List.of(AsapRig.ip("10.0.0." + association % 100))))));
    }

    private int sumOfPeer() {
        return rig.server.asap().handlespace().checksum(PEER);
    }

    private void firstIsAPeerWithTwoElements() {
        rig.answering.add(1);
        rig.answering.add(2);
        rig.up(1).presence(1, PEER, 0xffff);
        rig.pass(MS);
        rig.connected();
        rig.hear(1, EnrpRig.update(PEER, 1, PEER));
        rig.hear(1, EnrpRig.update(PEER, 2, PEER));
    }

    @Test
    void theFirstStaysThePeerAndOperatorsAreTold() {
        firstIsAPeerWithTwoElements();
        rig.called.clear();
        rig.up(2);
        for (int i = 0; i < 100; i++) {
            rig.presence(1, PEER, sumOfPeer());
            rig.pass(50 * MS);
            assertThat(EnrpRig.of(HandleTableRequest.class, rig.presence(2, PEER, CHECKSUM))).as("no audit of it")
                .isEmpty();
            rig.hear(2, EnrpRig.update(PEER, 7, PEER));
            rig.pass(50 * MS);
        }
        assertThat(rig.aborted).as("nobody is hung up").isEmpty();
        assertThat(rig.called).as("nor called again").isEmpty();
        assertThat(rig.server.peers()).isEqualTo(1);
        assertThat(rig.server.elements()).as("of the first alone").isEqualTo(2);
        assertThat(rig.count(EnrpCounter.DUPLICATE_PEERS)).isGreaterThan(100);
        assertThat(events).as("not with every message").containsExactly("22222222 [/10.0.0.1] [/10.0.0.2]");
    }

    /** They meet only here, so nobody else can tell them. */
    @Test
    void bothHearWhereTheOtherIs() {
        firstIsAPeerWithTwoElements();
        rig.up(2).presence(2, PEER, CHECKSUM);
        rig.pass(MS);
        rig.presence(1, PEER, sumOfPeer());
        final List<EnrpRig.Said> all = rig.hear(2, EnrpRig.update(PEER, 7, PEER));
        assertThat(told(all, 2)).containsExactly("22222222 [/10.0.0.1]");
        assertThat(told(all, 101)).containsExactly("22222222 [/10.0.0.2]");
        assertThat(EnrpRig.of(ListResponse.class, rig.hear(2, EnrpRig.update(PEER, 8, PEER))))
            .as("not with every message").isEmpty();
    }

    private static List<String> told(final List<EnrpRig.Said> all, final int association) {
        return all.stream().filter(s -> s.association() == association && s.message() instanceof ListResponse)
            .flatMap(s -> ((ListResponse) s.message()).servers().stream())
            .map(s -> Integer.toHexString(s.serverId()) + " " + s.transport().addresses()).toList();
    }

    /** We are one of the two, and a third one says so. */
    @Test
    void weHearOfOurOwn() {
        firstIsAPeerWithTwoElements();
        rig.pass(1_000 * MS);
        rig.presence(1, PEER, sumOfPeer());
        rig.hear(1, listWith(EnrpRig.SERVER, "10.0.0.200"));
        assertThat(events).as("that is we").isEmpty();
        rig.hear(1, listWith(EnrpRig.SERVER, "10.0.0.9"));
        assertThat(events).containsExactly("ours [/10.0.0.9]");
        assertThat(rig.count(EnrpCounter.DUPLICATE_IDENTIFIER)).isOne();
        assertThat(rig.server.peers()).isEqualTo(1);
    }

    private static ListResponse listWith(final int id, final String host) {
        return new ListResponse(PEER, EnrpRig.SERVER, false, List.of(new ServerInformation(id,
            TransportParameter.sctp(9901, 0, List.of(AsapRig.ip(host))))));
    }

    /** Else it would take us for dead and our elements over. */
    @Test
    void theOtherHearsThatWeLiveAndMayLook() {
        firstIsAPeerWithTwoElements();
        rig.up(2).presence(2, PEER, CHECKSUM);
        assertThat(EnrpRig.of(Presence.class, asked(2))).isNotEmpty();
        rig.register(9, 20);
        assertThat(rig.page(2, PEER, true).pools().get(0).elements()).hasSize(1);
    }

    @Test
    void whenTheFirstIsGoneTheOtherTakesItsPlace() {
        firstIsAPeerWithTwoElements();
        rig.up(2).presence(2, PEER, CHECKSUM);
        rig.pass(MS);
        rig.presence(1, PEER, sumOfPeer());
        rig.presence(2, PEER, CHECKSUM);
        assertThat(events).hasSize(1);
        rig.down(1);
        rig.down(101);
        assertThat(EnrpRig.of(HandleTableRequest.class, rig.presence(2, PEER, CHECKSUM))).as("audited now").hasSize(1);
        assertThat(rig.count(EnrpCounter.TAKEOVERS_STARTED)).isZero();
        rig.up(3).presence(3, PEER + 1, 0xffff);
        assertThat(EnrpRig.of(ListResponse.class, rig.hear(3, new ListRequest(PEER + 1,
            EnrpRig.SERVER))).get(0).servers().get(0).transport().addresses()).containsExactly(AsapRig.ip("10.0.0.2"));
    }

    /** Its machine lost its power, so that nothing says that it is not where it was, and it came back elsewhere. */
    @Test
    void aPeerThatMovedWithoutAWordIsBelievedWhenItsOldPlaceIsSilent() {
        firstIsAPeerWithTwoElements();
        rig.presence(1, PEER, sumOfPeer());
        rig.up(2);
        for (int i = 0; i < 3; i++) {
            rig.pass(60 * MS);
            rig.presence(2, PEER, sumOfPeer());
        }
        rig.hear(2, EnrpRig.update(PEER, 7, PEER));
        assertThat(rig.server.elements()).isEqualTo(3);
        assertThat(rig.aborted).containsExactly(101);
        rig.pass(150 * MS);
        assertThat(rig.called.get(rig.called.size() - 1).hosts()).containsExactly(AsapRig.ip("10.0.0.2"));
        assertThat(events).isEmpty();
        assertThat(rig.count(EnrpCounter.DUPLICATE_PEERS)).isZero();
        assertThat(rig.count(EnrpCounter.TAKEOVERS_STARTED)).isZero();
    }

    private void isCalledWhereAnotherPeerSays() {
        rig.up(3).presence(3, PEER + 1, 0xffff);
        rig.hear(3, new ListResponse(PEER + 1, EnrpRig.SERVER, false, List.of(new ServerInformation(PEER,
            TransportParameter.sctp(9901, 0, List.of(AsapRig.ip("10.0.0.1")))))));
        rig.pass(MS);
        rig.connected();
    }

    /** What others said of it was old: what we opened to there must not be what we speak to. */
    @Test
    void aPeerThatIntroducesItselfElsewhereThanOthersSaidIsSpokenToThere() {
        rig.answering.add(1);
        rig.answering.add(2);
        isCalledWhereAnotherPeerSays();
        assertThat(rig.called).anyMatch(a -> a.hosts().contains(AsapRig.ip("10.0.0.1")));
        rig.up(2).presence(2, PEER, 0xffff);
        assertThat(rig.aborted).containsExactly(101);
        final List<EnrpRig.Said> said = rig.pass(150 * MS);
        assertThat(said).filteredOn(s -> s.message() instanceof Presence p && p.receiver() == PEER)
            .isNotEmpty().allMatch(s -> s.association() == 2 || s.association() == 102);
    }

    /** Its addresses as it knows them need not be those at which it is called. */
    @Test
    void theAssociationOnWhichItSaysSoIsNotHungUp() {
        rig.answering.add(1);
        isCalledWhereAnotherPeerSays();
        rig.hear(101, new Presence(PEER, EnrpRig.SERVER, false, 0xffff, new ServerInformation(PEER,
            TransportParameter.sctp(9901, 0, List.of(AsapRig.ip("10.7.7.7"))))));
        assertThat(rig.aborted).isEmpty();
        assertThat(rig.server.peers()).isEqualTo(2);
    }
}
