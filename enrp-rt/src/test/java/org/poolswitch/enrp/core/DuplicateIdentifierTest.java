// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.enrp.core.AsapRig.GWC;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.TransportParameter;

/**
 * A PE identifier that is taken already (RFC 5354 section 3.10.4), by an element whose home is another registrar: two
 * elements must not take it from each other at each re-registration, and one that comes to us must not be kept out.
 */
class DuplicateIdentifierTest {
    private static final int OTHER_HOME = 0x22222222;
    private final AsapRig rig = new AsapRig(RegistrarConfig.carrier());

    private static PoolElementParameter at(final String... hosts) {
        return new PoolElementParameter(7, 0, 60_000, TransportParameter.sctp(2905, 1,
            List.of(hosts).stream().map(AsapRig::ip).toList()).octets(),
            PolicyParameter.of(PolicyType.ROUND_ROBIN).value());
    }

    private static PoolElementParameter opaque(final String text) {
        return new PoolElementParameter(7, 0, 60_000, TransportParameter.opaque(text.getBytes()).octets(),
            PolicyParameter.of(PolicyType.ROUND_ROBIN).value());
    }

    private PoolElementEntry known() {
        return rig.server.handlespace().find(GWC, 7);
    }

    private void atAnotherHome(final PoolElementParameter element, final String calledFrom) {
        assertThat(rig.server.putForeign(GWC, element.withHome(OTHER_HOME).withAsapTransport(
            TransportParameter.sctp(40_000, 0, List.of(AsapRig.ip(calledFrom))).octets()), rig.nowNs)).isZero();
    }

    @Test
    void somebodyElsesIdentifierIsRefused() {
        atAnotherHome(at("10.0.0.9"), "10.0.0.9");
        final AsapRig.Sent answer = rig.up(3).register(3, GWC, at("10.0.0.3"));
        assertThat(answer.cause()).isEqualTo(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
        assertThat(known().homeServer()).isEqualTo(OTHER_HOME);
        assertThat(known().parameter().userTransport()).isEqualTo(at("10.0.0.9").userTransport());
    }

    @Test
    void theElementItselfComesToUs() {
        atAnotherHome(at("10.0.0.9"), "10.0.0.9");
        assertThat(rig.up(9).register(9, GWC, at("10.0.0.9")).cause()).isEqualTo(-1);
        assertThat(known().homeServer()).isEqualTo(AsapRig.SERVER);
    }

    @Test
    void alsoWithFewerAddressesThanItHad() {
        atAnotherHome(at("10.1.0.9", "10.0.0.9"), "10.1.0.9");
        assertThat(rig.up(9).register(9, GWC, at("10.0.0.9")).cause()).isEqualTo(-1);
        assertThat(known().homeServer()).isEqualTo(AsapRig.SERVER);
    }

    @Test
    void alsoIfOnlyItsUsersKnowItsTransport() {
        atAnotherHome(opaque("the third door"), "10.0.0.9");
        assertThat(rig.up(3).register(3, GWC, opaque("the second door")).cause())
            .isEqualTo(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
        assertThat(rig.up(9).register(9, GWC, opaque("the third door")).cause()).isEqualTo(-1);
        assertThat(known().homeServer()).isEqualTo(AsapRig.SERVER);
    }

    /** Behind a translator of addresses what it names is not where it calls from. */
    @Test
    void alsoIfItCallsFromAnywhereButNamesTheSameTransport() {
        final AsapRig lax = new AsapRig(RegistrarConfig.carrier().withAddresses(false, AddressScope.LOOPBACK));
        lax.server.putForeign(GWC, at("10.7.7.7").withHome(OTHER_HOME), lax.nowNs);
        assertThat(lax.up(9).register(9, GWC, at("10.7.7.7")).cause()).isEqualTo(-1);
        assertThat(lax.server.handlespace().find(GWC, 7).homeServer()).isEqualTo(AsapRig.SERVER);
    }

    /** A path of the old association is down, which it has not noticed, and the element calls again over the other. */
    @Test
    void anElementThatLostAnAddressIsItselfAtItsOwnHomeToo() {
        rig.up(9);
        rig.remotes.put(9, new org.poolswitch.sctp.SctpAddress(List.of(AsapRig.ip("10.1.0.9"), AsapRig.ip("10.0.0.8")),
            2905, 9899));
        assertThat(rig.register(9, GWC, at("10.1.0.9", "10.0.0.8")).cause()).isEqualTo(-1);
        assertThat(rig.up(8).register(8, GWC, at("10.0.0.8")).cause()).isEqualTo(-1);
        assertThat(rig.up(3).register(3, GWC, at("10.0.0.3")).cause())
            .isEqualTo(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
    }

    /** What a stranger says in an element's name is no reason not to hear the element. */
    @Test
    void aStrangersAttemptsAreNotTheElements() {
        rig.up(9).up(3).register(9, GWC, at("10.0.0.9"));
        for (int i = 0; i < 1000; i++) {
            assertThat(rig.register(3, GWC, at("10.0.0.3")).cause()).isEqualTo(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
        }
        assertThat(rig.register(9, GWC, at("10.0.0.9"))).as("element-registrations is its own").isNotNull();
        assertThat(rig.count(RegistrarCounter.REGISTRATIONS_LIMITED)).isZero();
        rig.server.putForeign(GWC, AsapRig.element(8, 9).withHome(OTHER_HOME), rig.nowNs);
        for (int i = 0; i < 1000; i++) {
            rig.register(3, GWC, AsapRig.element(8, 3));
        }
        assertThat(rig.register(9, GWC, AsapRig.element(8, 9)).cause()).as("it comes to us").isEqualTo(-1);
    }
}
