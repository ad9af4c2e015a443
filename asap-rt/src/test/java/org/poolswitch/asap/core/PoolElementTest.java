// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.core.Rig.MS;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapObserver;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;

/** Registration, users, and the fence after a pause of our own. */
class PoolElementTest implements ElementListener {
    private static final int LEAST_USED = 0x40000001;
    private final Rig rig = new Rig(Rig.config());
    private final PoolElement element = rig.stack.element(this);
    private final List<String> heard = new ArrayList<>();

    @Override
    public void onUserUp(final int association, final long nowNs) {
        heard.add("up");
    }

    @Override
    public void onUserMessage(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        heard.add(stream + ":" + new String(buffer, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        heard.add(stream + ":#" + new String(buffer, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void onUserDown(final int association, final long nowNs) {
        heard.add("down");
    }

    @Override
    public void onUserUnfenced(final int association, final long nowNs) {
        heard.add("unfenced");
    }

    private FakeEndpoint.Association user() {
        final FakeEndpoint.Association a = rig.net.incoming(FakeEndpoint.address(50, 40000), rig.now);
        rig.settle();
        return a;
    }

    private SendStatus say(final FakeEndpoint.Association a, final String text) {
        final byte[] b = text.getBytes(StandardCharsets.US_ASCII);
        return element.sendToUser(a.id, 3, Rig.DATA, b, 0, b.length, rig.now);
    }

    @Test
    void registersRenewsAndLeaves() {
        element.register(Rig.GWC, 1, rig.now);
        rig.start();
        assertThat(element.identifier()).isNotZero();
        assertThat(rig.asked(1)).isEqualTo(1);
        assertThat(rig.stack.registrations()).isEqualTo(1);
        rig.run(16_000 * MS);
        assertThat(rig.asked(1)).isBetween(4L, 5L);
        assertThat(element.isDeregistered()).isFalse();
        element.deregister(rig.now);
        assertThat(element.isDeregistered()).isFalse();
        rig.settle();
        assertThat(element.isDeregistered()).isTrue();
        rig.run(60_000 * MS);
        assertThat(rig.asked(1)).isBetween(4L, 5L);
        assertThat(rig.asked(2)).isEqualTo(1);
    }

    @Test
    void registersAgainWithARestartedRegistrar() {
        element.register(Rig.GWC, 1, rig.now);
        rig.start();
        rig.registrarUp = false;
        rig.net.down(rig.net.of(Rig.REGISTRAR), DownCause.PEER_UNREACHABLE);
        rig.run(10_000 * MS);
        assertThat(rig.count(AsapCounter.HUNTS)).isBetween(6L, 30L);
        final long before = rig.asked(1);
        rig.registrarUp = true;
        rig.run(2_000 * MS);
        assertThat(rig.asked(1)).isEqualTo(before + 1);
        assertThat(rig.stack.registrations()).isEqualTo(1);
    }

    @Test
    void leavesThoughNobodyAnswers() {
        element.register(Rig.GWC, 1, rig.now);
        rig.start();
        rig.registrarAnswers = false;
        element.deregister(rig.now);
        rig.run(900 * MS);
        assertThat(element.isDeregistered()).isFalse();
        rig.run(200 * MS);
        assertThat(element.isDeregistered()).isTrue();
        assertThat(rig.asked(2)).isEqualTo(2);
    }

    @Test
    void loadIsToldSparingly() {
        element.register(Rig.GWC, LEAST_USED, rig.now);
        rig.start();
        for (int i = 0; i < 100; i++) {
            element.updateLoad(i * 40_000_000L, rig.now);
            rig.run(10 * MS);
        }
        assertThat(rig.asked(1)).isBetween(4L, 6L);
        final byte[] last = rig.toRegistrar.get(rig.toRegistrar.size() - 1).payload();
        assertThat(last[last.length - 4] & 0xff).isGreaterThan(0xb0);
    }

    @Test
    void answersKeepAlivesOfItsOwnPoolsOnly() {
        element.register(Rig.GWC, 1, rig.now);
        rig.start();
        final FakeEndpoint.Association r = rig.net.of(Rig.REGISTRAR);
        rig.net.message(r, 0, 11, Rig.message(7, 0, Rig.ints(77), Rig.parameter(9, Rig.GWC)), rig.now);
        rig.net.message(r, 0, 11, Rig.message(7, 0, Rig.ints(77), Rig.parameter(9, new byte[] {1})), rig.now);
        rig.settle();
        assertThat(rig.asked(8)).isEqualTo(1);
        assertThat(rig.count(AsapCounter.UNEXPECTED)).isEqualTo(1);
    }

    @Test
    void anotherRegistrarMayTakeUsOver() {
        element.register(Rig.GWC, 1, rig.now);
        final Rig two = new Rig(org.poolswitch.asap.AsapConfig.carrier(List.of(Rig.REGISTRAR, Rig.REGISTRAR2), null,
            9899));
        final PoolElement other = two.stack.element(this);
        other.register(Rig.GWC, 1, 0);
        two.start();
        final FakeEndpoint.Association second = two.net.incoming(Rig.REGISTRAR2, two.now);
        two.net.message(second, 0, 11, Rig.message(7, 1, Rig.ints(78), Rig.parameter(9, Rig.GWC)), two.now);
        two.settle();
        assertThat(two.stack.homeRegistrar()).isEqualTo(Rig.REGISTRAR2);
        assertThat(two.net.of(Rig.REGISTRAR)).as("the standby from now on").isNotNull();
        assertThat(two.stack.userAssociations()).isZero();
        two.run(6000 * MS);
        assertThat(two.net.associations.values().stream().filter(a -> !a.gone)).hasSize(2);
        assertThat(two.asked(1)).isEqualTo(2);
    }

    @Test
    void talksWithUsersByAssociationAndStream() {
        rig.start();
        final FakeEndpoint.Association a = user();
        rig.net.message(a, 3, 11, Rig.message(12, 0, Rig.parameter(13, new byte[] {'c'})), rig.now);
        rig.net.message(a, 3, Rig.DATA, new byte[] {'d'}, rig.now);
        rig.net.message(a, 3, 11, new byte[] {12, 0, 0, 9, 0, 13, 0, 5, 1}, rig.now);
        rig.net.message(a, 3, 11, new byte[] {12, 0, 0, 99}, rig.now);
        rig.settle();
        assertThat(heard).containsExactly("up", "3:#c", "3:d", "3:#\1");
        assertThat(rig.count(AsapCounter.MALFORMED)).isEqualTo(1);
        assertThat(say(a, "x")).isEqualTo(SendStatus.ACCEPTED);
        assertThat(element.sendCookie(a.id, 3, new byte[] {0, 'y', 0}, 1, 1, rig.now)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(rig.got(50)).containsExactly("x", "#y");
        element.abortUser(a.id, rig.now);
        rig.settle();
        assertThat(heard).endsWith("down");
        assertThat(say(a, "x")).isEqualTo(SendStatus.CLOSED);
    }

    @Test
    void afterAPauseSaysNothingUntilTheUserIsHeard() {
        rig.start();
        final FakeEndpoint.Association a = user();
        rig.now += 1000 * MS;
        rig.stack.onClockJump(1000 * MS, rig.now);
        assertThat(a.probes).as("one at the beginning, one now").isEqualTo(2);
        assertThat(element.isFenced(a.id)).isTrue();
        // what waited in the socket is delivered, and proves nothing
        rig.net.message(a, 3, Rig.DATA, new byte[] {'d'}, rig.now);
        rig.settle();
        assertThat(heard).containsExactly("up", "3:d");
        assertThat(say(a, "x")).isEqualTo(SendStatus.ACCEPTED);
        element.sendCookie(a.id, 3, new byte[] {'y'}, 0, 1, rig.now);
        rig.run(9 * MS);
        assertThat(rig.got(50)).isEmpty();
        rig.run(5 * MS);
        assertThat(rig.got(50)).isEmpty();
        a.lastHeardNs = rig.now;
        rig.run(2 * MS);
        assertThat(rig.got(50)).containsExactly("x", "#y");
        assertThat(heard).endsWith("unfenced");
        assertThat(element.isFenced(a.id)).isFalse();
    }

    @Test
    void answeredProbeLiftsTheFenceAtOnceAndNothingElseDoes() {
        rig.start();
        final FakeEndpoint.Association a = user();
        a.probeAnsweredNs = rig.now;
        rig.now += 1000 * MS;
        rig.stack.onClockJump(1000 * MS, rig.now);
        final long jumpNs = rig.now;
        say(a, "x");
        // a long backlog of the socket: heard again and again, but it all is old
        for (int i = 0; i < 30; i++) {
            a.lastHeardNs = rig.now;
            rig.net.message(a, 3, Rig.DATA, new byte[] {'d'}, rig.now);
            rig.run(2 * MS);
        }
        assertThat(element.isFenced(a.id)).isTrue();
        assertThat(rig.got(50)).isEmpty();
        a.probeAnsweredNs = jumpNs;
        rig.run(MS);
        assertThat(element.isFenced(a.id)).isFalse();
        assertThat(rig.got(50)).containsExactly("x");
    }

    @Test
    void afterAPauseAUserThatTurnedAwayHearsNothing() {
        rig.start();
        final FakeEndpoint.Association a = user();
        rig.now += 1000 * MS;
        rig.stack.onClockJump(1000 * MS, rig.now);
        say(a, "x");
        rig.run(5 * MS);
        rig.net.down(a, DownCause.PEER_ABORTED);
        rig.run(1000 * MS);
        assertThat(rig.got(50)).isEmpty();
        assertThat(heard).containsExactly("up", "down");
        assertThat(rig.count(AsapCounter.HELD_DROPPED)).isEqualTo(1);
        assertThat(element.isFenced(a.id)).isFalse();
    }

    @Test
    void shortGapsAreNoPause() {
        rig.start();
        final FakeEndpoint.Association a = user();
        rig.stack.onClockJump(24 * MS, rig.now);
        assertThat(element.isFenced(a.id)).isFalse();
        assertThat(a.probes).isEqualTo(1);
    }

    @Test
    void heldOutputIsBounded() {
        rig.start();
        final FakeEndpoint.Association a = user();
        rig.stack.onClockJump(1000 * MS, rig.now);
        int accepted = 0;
        while (accepted < 5000 && say(a, "x") == SendStatus.ACCEPTED) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(1024);
        a.sendLimit = 10;
        rig.run(15 * MS);
        a.lastHeardNs = rig.now;
        rig.run(2 * MS);
        assertThat(rig.got(50)).hasSize(10);
        assertThat(say(a, "last")).isEqualTo(SendStatus.ACCEPTED);
        rig.drain(a);
        assertThat(rig.got(50)).hasSize(1015).endsWith("last");
    }

    @Test
    void strangersAreTurnedAwayWhereThereIsNoElement() {
        final Rig client = new Rig(Rig.config()).start();
        final FakeEndpoint.Association a = client.net.incoming(FakeEndpoint.address(50, 40000), 0);
        client.settle();
        assertThat(a.gone).isTrue();
    }

    private byte[] lastRegistration() {
        byte[] last = null;
        for (final FakeEndpoint.Sent s : rig.toRegistrar) {
            last = s.type() == 1 ? s.payload() : last;
        }
        return last;
    }

    private static PolicyParameter policy(final int type, final int... values) {
        return PolicyParameter.of(type, values);
    }

    @Test
    void eachPoolHasItsOwnPolicyAndTransport() throws Exception {
        element.register(Rig.GWC, policy(2, 7), null, rig.now);
        final InetAddress v6 = InetAddress.getByName("2001:db8::1");
        element.register(new byte[] {'w'}, policy(0x40000002, 100, 5), TransportParameter.of(5, 80, v6), rig.now);
        rig.start();
        assertThat(rig.toRegistrar.get(0).payload()).endsWith(Rig.parameter(8, Rig.ints(2, 7)));
        final byte[] web = lastRegistration();
        assertThat(web).endsWith(Rig.concat(Rig.parameter(5, Rig.concat(new byte[] {0, 80, 0, 0}, Rig.parameter(2,
            v6.getAddress()))), Rig.parameter(8, Rig.ints(0x40000002, 100, 5))));
        assertThat(rig.stack.registrations()).isEqualTo(2);
        element.deregister(new byte[] {'w'}, rig.now);
        rig.settle();
        assertThat(rig.asked(2)).isEqualTo(1);
        assertThat(rig.stack.registrations()).isEqualTo(1);
        assertThat(element.isDeregistered()).isFalse();
    }

    @Test
    void registeringAgainReplacesTheTransport() throws Exception {
        element.register(Rig.GWC, policy(1), null, rig.now);
        rig.start();
        final TransportParameter web = TransportParameter.of(5, 80, InetAddress.getByName("2001:db8::1"));
        element.register(Rig.GWC, policy(1), web, rig.now);
        rig.settle();
        assertThat(rig.asked(1)).as("at once").isEqualTo(2);
        assertThat(lastRegistration()).endsWith(Rig.concat(web.octets(), Rig.parameter(8, Rig.ints(1))));
        element.register(Rig.GWC, policy(1), web, rig.now);
        rig.run(1_000 * MS);
        assertThat(rig.asked(1)).as("nothing new").isEqualTo(2);
    }

    /** The answer to what was asked before says nothing about it. */
    @Test
    void alsoWhileAnAnswerIsAwaited() throws Exception {
        final TransportParameter web = TransportParameter.of(5, 80, InetAddress.getByName("2001:db8::1"));
        rig.registrarAnswers = false;
        element.register(Rig.GWC, policy(1), null, rig.now);
        rig.start();
        element.register(Rig.GWC, policy(1), web, rig.now);
        rig.settle();
        assertThat(rig.asked(1)).isEqualTo(1);
        refuse();
        assertThat(rig.asked(1)).isEqualTo(2);
        assertThat(lastRegistration()).endsWith(Rig.concat(web.octets(), Rig.parameter(8, Rig.ints(1))));
        refuse();
        assertThat(rig.asked(1)).as("that was refused too").isEqualTo(2);
        element.register(Rig.GWC, policy(5, 1), web, rig.now);
        rig.settle();
        assertThat(rig.asked(1)).as("another policy may be taken").isEqualTo(3);
        assertThat(lastRegistration()).endsWith(Rig.concat(web.octets(), Rig.parameter(8, Rig.ints(5, 1))));
    }

    private void refuse() {
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, Rig.message(3, 1, Rig.parameter(9, Rig.GWC),
            Rig.parameter(14, Rig.ints(element.identifier())), Rig.parameter(12, new byte[] {0, 6, 0, 4})), rig.now);
        rig.settle();
    }

    @Test
    void anAddressThatTheHostHasLostIsNotRegistered() throws Exception {
        final InetAddress lost = rig.net.localAddress().host();
        final InetAddress v6 = InetAddress.getByName("2001:db8::1");
        final SctpAddress both = new SctpAddress(List.of(lost, v6), 2905, 0);
        final Rig two = new Rig(AsapConfig.carrier(List.of(Rig.REGISTRAR), both, 9899));
        two.stack.element(this).register(Rig.GWC, 1, two.now);
        two.start();
        assertThat(new String(two.toRegistrar.get(0).payload(), StandardCharsets.ISO_8859_1))
            .contains(parameter(1, lost), parameter(2, v6));
        // the association with the registrar is lost with the address, and the next one does without
        two.net.localHosts = List.of();
        two.net.down(two.net.of(Rig.REGISTRAR), DownCause.PEER_UNREACHABLE);
        two.run(2_000 * MS);
        final byte[] last = two.toRegistrar.stream().filter(s -> s.type() == 1).reduce((a, b) -> b).orElseThrow()
            .payload();
        assertThat(new String(last, StandardCharsets.ISO_8859_1)).contains(parameter(2, v6))
            .doesNotContain(parameter(1, lost));
    }

    private static String parameter(final int type, final InetAddress host) {
        return new String(Rig.parameter(type, host.getAddress()), StandardCharsets.ISO_8859_1);
    }

    @Test
    void newValuesOfAPolicyAreToldWhileCallsRun() {
        element.register(Rig.GWC, policy(5, 1), null, rig.now);
        rig.start();
        assertThat(element.updatePolicy(new byte[] {'x'}, policy(5, 2), rig.now)).isFalse();
        assertThat(element.updatePolicy(Rig.GWC, policy(5, 9), rig.now)).isTrue();
        rig.run(200 * MS);
        assertThat(rig.asked(1)).as("Load.Report has not passed").isEqualTo(1);
        element.updatePolicy(Rig.GWC, policy(5, 10), rig.now);
        rig.run(100 * MS);
        assertThat(rig.asked(1)).isEqualTo(2);
        assertThat(lastRegistration()).endsWith(Rig.parameter(8, Rig.ints(5, 10)));
        element.updatePolicy(Rig.GWC, policy(5, 10), rig.now);
        rig.run(1_000 * MS);
        assertThat(rig.asked(1)).as("nothing new").isEqualTo(2);
    }

    @Test
    void anIdentifierThatIsNotUniqueIsReplaced() {
        final List<String> told = new ArrayList<>();
        rig.stack.observe(new AsapObserver() {
            @Override
            public void onRegistered(final byte[] poolHandle, final int identifier, final long nowNs) {
                told.add("as " + (identifier == element.identifier() ? "itself" : "another"));
            }

            @Override
            public void onRegistrationRefused(final byte[] poolHandle, final int cause, final long nowNs) {
                told.add("cause " + cause);
            }
        });
        rig.registrarAnswers = false;
        element.register(Rig.GWC, 1, rig.now);
        rig.start();
        final byte[] handle = Rig.parameter(9, Rig.GWC);
        final byte[] refusal = Rig.message(3, 1, handle, Rig.parameter(14, Rig.ints(element.identifier())),
            Rig.parameter(12, new byte[] {0, 4, 0, 4}));
        rig.registrarAnswers = true;
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, refusal, rig.now);
        rig.settle();
        assertThat(told).containsExactly("cause 4", "as another");
        assertThat(rig.asked(1)).isEqualTo(2);
        final byte[] keepAlive = Rig.message(7, 0, Rig.ints(77), handle, Rig.parameter(14,
            Rig.ints(element.identifier())));
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, keepAlive, rig.now);
        rig.settle();
        assertThat(rig.asked(8)).as("the old name is somebody else's").isZero();
    }

    @Test
    void aRefusalIsNotArguedWith() {
        final List<Integer> causes = new ArrayList<>();
        rig.stack.observe(new AsapObserver() {
            @Override
            public void onRegistrationRefused(final byte[] poolHandle, final int cause, final long nowNs) {
                causes.add(cause);
            }
        });
        rig.registrarAnswers = false;
        element.register(Rig.GWC, 1, rig.now);
        rig.start();
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, Rig.message(3, 1, Rig.parameter(9, Rig.GWC),
            Rig.parameter(14, Rig.ints(element.identifier())), Rig.parameter(12, Rig.concat(new byte[] {0, 5, 0, 12},
            Rig.ints(1, 2)))), rig.now);
        rig.run(4_000 * MS);
        assertThat(causes).containsExactly(5);
        assertThat(rig.asked(1)).isEqualTo(1);
        assertThat(rig.stack.registrations()).isZero();
        rig.registrarAnswers = true;
        rig.run(2_000 * MS);
        assertThat(rig.stack.registrations()).as("what stood in the way may be gone after T4").isEqualTo(1);
    }

    @Test
    void withoutControlChannelThereAreNoCookies() throws Exception {
        element.register(Rig.GWC, policy(1), TransportParameter.sctp(2905, TransportParameter.DATA_ONLY,
            List.of(InetAddress.getByName("10.0.0.1"))), rig.now);
        rig.start();
        final FakeEndpoint.Association a = user();
        rig.net.message(a, 3, 11, Rig.message(12, 0, Rig.parameter(13, new byte[] {'c'})), rig.now);
        rig.settle();
        assertThat(heard).containsExactly("up");
        assertThat(element.sendCookie(a.id, 3, new byte[] {1}, 0, 1, rig.now)).isEqualTo(SendStatus.INVALID);
    }

    @Test
    void theNumberOfPoolsIsBounded() {
        final Rig small = new Rig(Rig.config().with("Registrations.Max=2"));
        final PoolElement e = small.stack.element(this);
        assertThat(e.register(new byte[] {1}, policy(1), null, 0)).isTrue();
        assertThat(e.register(new byte[] {2}, policy(1), null, 0)).isTrue();
        assertThat(e.register(new byte[] {3}, policy(1), null, 0)).isFalse();
        assertThat(e.register(new byte[] {2}, policy(1), null, 0)).isTrue();
    }
}
