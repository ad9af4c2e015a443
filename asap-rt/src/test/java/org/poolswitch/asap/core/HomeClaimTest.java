// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.core.Rig.MS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapObserver;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;

/** ENDPOINT_KEEP_ALIVE with the H bit of a registrar that we do not know: the truth, a lie, and how they are told. */
class HomeClaimTest implements QuietListener, AsapObserver {
    private static final SctpAddress STRANGER = FakeEndpoint.address(202, 3863);
    private static final int STRANGERS_ID = 79;

    private Rig rig;
    private PoolElement element;
    private final List<String> heard = new ArrayList<>();
    private FakeEndpoint.Association stranger;

    @Override
    public void onUserDown(final int association, final long nowNs) {
        heard.add("user down");
    }

    @Override
    public void onHomeChanged(final int serverId, final SctpAddress registrar, final long nowNs) {
        heard.add("home " + serverId);
    }

    @BeforeEach
    void registered() {
        boot(Rig.config());
    }

    private void boot(final AsapConfig config) {
        rig = new Rig(config);
        element = rig.stack.element(this);
        element.register(Rig.GWC, 1, rig.now);
        rig.stack.observe(this);
        rig.start();
        rig.run(1_000 * MS);
        stranger = rig.net.incoming(STRANGER, rig.now);
        rig.settle();
    }

    private void claims(final FakeEndpoint.Association by, final int serverId) {
        rig.net.message(by, 0, 11, Rig.message(7, 1, Rig.ints(serverId), Rig.parameter(9, Rig.GWC)), rig.now);
        rig.settle();
    }

    private void loseHome() {
        rig.registrarUp = false;
        rig.net.down(rig.net.of(Rig.REGISTRAR), DownCause.PEER_UNREACHABLE);
        rig.settle();
    }

    private SctpAddress home() {
        return rig.stack.homeRegistrar();
    }

    private long renewalsAt(final FakeEndpoint.Association a) {
        return rig.toRegistrar.stream().filter(s -> s.association() == a.id && s.type() == 1).count();
    }

    @Test
    void aHomeThatLivesIsAskedAndKept() {
        final FakeEndpoint.Association home = rig.net.of(Rig.REGISTRAR);
        final long before = renewalsAt(home);
        claims(stranger, STRANGERS_ID);
        assertThat(rig.asked(8)).as("who asks whether we live is told").isEqualTo(1);
        assertThat(rig.count(AsapCounter.HOME_CLAIMS)).isEqualTo(1);
        assertThat(home.probes).isEqualTo(1);
        assertThat(renewalsAt(home)).isEqualTo(before + 1);
        home.lastHeardNs = rig.now + MS;
        rig.run(1_000 * MS);
        assertThat(home()).isEqualTo(Rig.REGISTRAR);
        // it was a lie, or the home is back: when that one is lost later, nobody's word counts
        loseHome();
        assertThat(rig.stack.registrarConnected()).isFalse();
        assertThat(heard).isEmpty();
        // but who says so now is believed
        claims(stranger, STRANGERS_ID);
        assertThat(home()).isEqualTo(STRANGER);
        assertThat(rig.stack.userAssociations()).isZero();
        assertThat(heard).containsExactly("user down", "home 79");
    }

    @Test
    void aSilentHomeIsLeftForTheStranger() {
        rig.mute.add(Rig.REGISTRAR);
        claims(stranger, STRANGERS_ID);
        assertThat(home()).isEqualTo(Rig.REGISTRAR);
        rig.run(199 * MS);
        assertThat(home()).isEqualTo(Rig.REGISTRAR);
        rig.run(2 * MS);
        assertThat(home()).as("Dead.After").isEqualTo(STRANGER);
        assertThat(rig.stack.userAssociations()).isZero();
        assertThat(heard).containsExactly("user down", "home 79");
        assertThat(rig.count(AsapCounter.ADOPTIONS)).isEqualTo(1);
        rig.run(60_000 * MS);
        assertThat(home()).isEqualTo(STRANGER);
        assertThat(rig.stack.registrations()).isEqualTo(1);
        assertThat(renewalsAt(stranger)).as("T4, for three lives").isBetween(12L, 15L);
    }

    @Test
    void whereTheTransportCannotTellTheRenewalDoes() {
        rig.net.blind = true;
        rig.mute.add(Rig.REGISTRAR);
        claims(stranger, STRANGERS_ID);
        rig.run(900 * MS);
        assertThat(home()).isEqualTo(Rig.REGISTRAR);
        rig.run(200 * MS);
        assertThat(home()).as("T2, MAX-REG-ATTEMPT times").isEqualTo(STRANGER);
    }

    @Test
    void aHomeThatIsHeardButDoesNotAnswerIsLeft() {
        rig.mute.add(Rig.REGISTRAR);
        claims(stranger, STRANGERS_ID);
        for (int i = 0; i < 90; i++) {
            rig.net.of(Rig.REGISTRAR).lastHeardNs = rig.now;
            rig.run(10 * MS);
            assertThat(home()).isEqualTo(Rig.REGISTRAR);
        }
        rig.net.of(Rig.REGISTRAR).lastHeardNs = rig.now;
        rig.run(110 * MS);
        assertThat(home()).isEqualTo(STRANGER);
    }

    @Test
    void aLostHomeNeedsNoFurtherProof() {
        rig.mute.add(Rig.REGISTRAR);
        claims(stranger, STRANGERS_ID);
        loseHome();
        assertThat(home()).isEqualTo(STRANGER);
        rig.registrarUp = true;
        rig.run(2_000 * MS);
        assertThat(home()).isEqualTo(STRANGER);
        assertThat(rig.net.of(Rig.REGISTRAR).up).as("whom we know comes back as the standby").isTrue();
    }

    @Test
    void anAnswerToWhatWasAskedBeforeProvesNothing() {
        rig.registrarAnswers = false;
        rig.run(5_000 * MS);
        final FakeEndpoint.Association home = rig.net.of(Rig.REGISTRAR);
        home.lastHeardNs = rig.now;
        final long asked = rig.asked(1);
        claims(stranger, STRANGERS_ID);
        assertThat(rig.asked(1)).as("the renewal is under way already").isEqualTo(asked);
        rig.net.message(home, 0, 11, Rig.message(3, 0, Rig.parameter(9, Rig.GWC),
            Rig.parameter(14, Rig.ints(element.identifier()))), rig.now);
        rig.run(300 * MS);
        assertThat(rig.asked(1)).as("so it is asked again").isGreaterThan(asked);
        loseHome();
        assertThat(home()).isEqualTo(STRANGER);
    }

    @Test
    void theLastWordCountsWhileItsSpeakerIsThere() {
        final FakeEndpoint.Association other = rig.net.incoming(FakeEndpoint.address(203, 3863), rig.now);
        rig.settle();
        rig.mute.add(Rig.REGISTRAR);
        claims(other, 80);
        claims(stranger, STRANGERS_ID);
        claims(stranger, STRANGERS_ID);
        rig.net.down(stranger, DownCause.PEER_ABORTED);
        rig.settle();
        loseHome();
        assertThat(rig.stack.registrarConnected()).as("one word is remembered, and its speaker is gone").isFalse();
        assertThat(heard).containsExactly("user down");
    }

    @Test
    void liesCostTheHomeNoMoreThanALoadReport() {
        final long before = rig.asked(1);
        for (int i = 0; i < 1000; i++) {
            claims(stranger, STRANGERS_ID);
            rig.net.of(Rig.REGISTRAR).lastHeardNs = rig.now;
            rig.run(MS);
        }
        assertThat(rig.asked(1) - before).as("Load.Report is 250 ms").isBetween(3L, 6L);
        assertThat(home()).isEqualTo(Rig.REGISTRAR);
        assertThat(rig.count(AsapCounter.REGISTRAR_LOSSES)).isZero();
    }

    @Test
    void theStandbyComesBeforeAnyStranger() {
        boot(AsapConfig.carrier(List.of(Rig.REGISTRAR, Rig.REGISTRAR2), null, 9899));
        rig.registrarAnswers = false;
        final SctpAddress first = home();
        claims(stranger, STRANGERS_ID);
        rig.net.down(rig.net.of(first), DownCause.PEER_UNREACHABLE);
        rig.settle();
        final SctpAddress second = home();
        assertThat(second).isNotEqualTo(first).isNotEqualTo(STRANGER);
        rig.net.down(rig.net.of(second), DownCause.PEER_UNREACHABLE);
        rig.settle();
        assertThat(home()).as("the standby did not prove that it lives").isEqualTo(STRANGER);
    }
}
