// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathStatus;

/**
 * A restart may name every address that the set-up named, of use to us or not; what neither path nor name had is new
 * (RFC 9260 section 5.2.2).
 */
class RestartAddressesTest {
    /** We have no address of its family. */
    private static final InetAddress OF_ANOTHER_FAMILY =
        Tester.host(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);

    /** Set up from there, listing one more address; nobody answers HEARTBEATs. */
    private static Association openedFrom(final Association a, final InetAddress source, final InetAddress listed) {
        a.alive = false;
        a.putFrom(source, a.init(Tlv.address(listed)));
        a.putFrom(source, Chunk.cookieEcho(a.learn(a.expect(Chunk.INIT_ACK)).cookie()));
        a.expect(Chunk.COOKIE_ACK);
        return a;
    }

    /** The peer of the newest association has a new process. */
    private static void restarts(final Association a, final InetAddress source, final InetAddress... listed) {
        a.testerTag++;
        final int before = a.ups.size();
        final Tlv[] parameters = new Tlv[listed.length];
        for (int i = 0; i < listed.length; i++) {
            parameters[i] = Tlv.address(listed[i]);
        }
        a.putFrom(source, a.init(parameters));
        a.putFrom(source, Chunk.cookieEcho(a.learn(a.expect(Chunk.INIT_ACK)).cookie()));
        a.expect(Chunk.COOKIE_ACK);
        assertThat(a.downs).extracting(Tester.Down::cause).containsExactly(DownCause.PEER_RESTARTED);
        assertThat(a.ups).hasSize(before + 1);
        a.endpoint.audit();
    }

    private static void isRefused(final Association a, final InetAddress source, final InetAddress listed,
        final InetAddress unknown) {
        a.testerTag++;
        a.putFrom(source, a.init(Tlv.address(listed)));
        final Chunk abort = a.expect(Chunk.ABORT).first();
        assertThat(abort.causeCodes()).containsExactly(Tlv.CAUSE_NEW_ADDRESSES);
        assertThat(abort.causes().get(0).value()).isEqualTo(Tlv.address(unknown).bytes());
    }

    private static void hasPaths(final Association a, final InetAddress... hosts) {
        assertThat(a.endpoint.paths(a.association())).extracting(PathStatus::remote).containsExactly(hosts);
    }

    /** Whoever has IPv4 and IPv6 lists both, to whomever. */
    @Test
    void anAddressOfAFamilyThatWeDoNotHaveIsNoNewOne() {
        final Association a = openedFrom(new Association(), Tester.T1, OF_ANOTHER_FAMILY);
        restarts(a, Tester.T1, Tester.T1, OF_ANOTHER_FAMILY);
        hasPaths(a, Tester.T1);
        isRefused(a, Tester.T1, Tester.T3, Tester.T3);
    }

    /** Section 5.2.1: nor does it keep out whom we call while he calls us. */
    @Test
    void anAddressOfAFamilyThatWeDoNotHaveIsNoNewOneInACollision() {
        final Association a = new Association().connect().answerInit(Tlv.address(OF_ANOTHER_FAMILY));
        a.putTagged(0, Tester.T1, a.init(Tlv.address(OF_ANOTHER_FAMILY)));
        final Chunk initAck = a.expect(Chunk.INIT_ACK).first();
        assertThat(initAck.initiateTag()).isEqualTo(a.endpointTag);
        a.put(Chunk.cookieEcho(initAck.cookie()));
        a.expect(Chunk.COOKIE_ACK);
        assertThat(a.ups).hasSize(1);
        a.isUp();
    }

    /** Hosts with containers list 172.17.0.1, all of them. */
    @Test
    void anAddressThatSomebodyElseNamedFirstIsNoNewOne() {
        final Association a = openedFrom(new Association(), Tester.T2, Tester.T3);
        a.testerTag++;
        openedFrom(a, Tester.T1, Tester.T3);
        hasPaths(a, Tester.T1);
        restarts(a, Tester.T1, Tester.T3);
        hasPaths(a, Tester.T1);
        a.downs.clear();
        restarts(a, Tester.T1, Tester.T1, Tester.T3);
    }

    /** Who is there has it now, and whoever named it before may name it again. */
    @Test
    void anAddressThatItsHostHasTakenIsNoNewOne() {
        final Association a = openedFrom(new Association(), Tester.T3, Tester.T1);
        a.testerTag++;
        openedFrom(a, Tester.T1, Tester.T2);
        restarts(a, Tester.T3, Tester.T1);
        hasPaths(a, Tester.T3);
    }

    /** But nobody takes an association over from an address that is none of its paths. */
    @Test
    void whatWasOnlyNamedIsNoPlaceToRestartFrom() {
        final Association a = openedFrom(new Association(), Tester.T3, Tester.T1);
        a.testerTag++;
        openedFrom(a, Tester.T1, Tester.T2);
        a.put(Chunk.of(Chunk.ABORT));
        a.expectNothing();
        isRefused(a, Tester.T1, Tester.T3, Tester.T1);
    }

    /** The bound is that of its paths. */
    @Test
    void ofWhatIsNamedAndOfNoUseNoMoreIsKeptThanThereMayBePaths() {
        final Association a = new Association("maxPeerAddresses", 2).connect()
            .answerInit(Tlv.address(Tester.T2), Tlv.address(Tester.T3), Tlv.address(Tester.host(10, 3, 0, 2)),
                Tlv.address(Tester.host(10, 4, 0, 2)));
        a.alive = false;
        a.answerCookie();
        hasPaths(a, Tester.T1, Tester.T2);
        isRefused(a, Tester.T1, Tester.host(10, 4, 0, 2), Tester.host(10, 4, 0, 2));
        restarts(a, Tester.T1, Tester.host(10, 3, 0, 2));
    }
}
