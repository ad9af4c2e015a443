// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.core.Rig.MS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapObserver;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.ResolutionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.sctp.DownCause;

/** What the user asks of registrars and makes of their answers: cache, options, subscription, other transports. */
class ResolutionTest implements ResolutionListener, AsapObserver {
    private final List<String> told = new ArrayList<>();

    @Override
    public void onResolved(final byte[] poolHandle, final PolicyParameter policy,
        final List<PoolElementParameter> elements, final long nowNs) {
        told.add(policy + ": " + elements.size());
    }

    @Override
    public void onUnresolved(final byte[] poolHandle, final SessionFailure reason, final long nowNs) {
        told.add(reason.toString());
    }

    @Override
    public void onUnusableTransport(final byte[] poolHandle, final int transportType, final long nowNs) {
        told.add("transport " + transportType);
    }

    @Override
    public void onErrorReport(final List<OperationError.Cause> causes, final long nowNs) {
        told.add("error " + causes.get(0).code());
    }

    private static byte[] lastQuestion(final Rig rig) {
        byte[] last = null;
        for (final FakeEndpoint.Sent s : rig.toRegistrar) {
            last = s.type() == 5 ? s.payload() : last;
        }
        return last;
    }

    @Test
    void withAStaleValueOf0EverySessionAsksForOneElementAndWaits() {
        final Rig rig = new Rig(Rig.config().with("stale.cache.value=0ms,Subscribe=off,Hedge.After=0ms"))
            .elements(1).start();
        rig.send(rig.open(), "a", 0);
        rig.settle();
        assertThat(rig.got(1)).containsExactly("a");
        assertThat(lastQuestion(rig)).isEqualTo(Rig.message(5, 0, Rig.parameter(9, Rig.GWC), Rig.parameter(0x803f,
            Rig.ints(1))));
        rig.listed.clear();
        rig.elements(2);
        final PoolSession second = rig.open();
        rig.send(second, "b", 0);
        assertThat(rig.asked(5)).isEqualTo(1);
        rig.settle();
        assertThat(rig.asked(5)).isEqualTo(2);
        assertThat(rig.got(2)).containsExactly("b");
        rig.send(second, "c", 0);
        rig.run(10_000 * MS);
        assertThat(rig.asked(5)).as("neither further messages nor time ask").isEqualTo(2);
    }

    @Test
    void withAStaleValueOf0TheCacheServesWhenNoRegistrarDoes() {
        final Rig rig = new Rig(Rig.config().with("stale.cache.value=0ms")).elements(1).start();
        rig.send(rig.open(), "a", 0);
        rig.settle();
        rig.registrarUp = false;
        rig.net.down(rig.net.of(Rig.REGISTRAR), DownCause.PEER_UNREACHABLE);
        rig.settle();
        rig.send(rig.open(), "b", 0);
        rig.settle();
        assertThat(rig.got(1)).containsExactly("a", "b");
    }

    @Test
    void whoIsToldOfChangesAsksSeldom() {
        final Rig rig = new Rig(Rig.config()).elements(1).start();
        rig.send(rig.open(), "a", 0);
        rig.settle();
        assertThat(lastQuestion(rig)).isEqualTo(Rig.message(5, 1, Rig.parameter(9, Rig.GWC), Rig.parameter(0x803f,
            Rig.ints(-1))));
        rig.run(3_500 * MS);
        assertThat(rig.asked(5)).as("not accepted: asked every second").isBetween(4L, 5L);
        rig.elements(2);
        final byte[] update = rig.resolution(Rig.GWC);
        update[1] = 1;
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, update, rig.now);
        rig.settle();
        assertThat(rig.at(2)).as("connected in advance").isNotNull();
        final long before = rig.asked(5);
        rig.run(6_500 * MS);
        assertThat(rig.asked(5)).isEqualTo(before);
        rig.net.down(rig.net.of(Rig.REGISTRAR), DownCause.PEER_UNREACHABLE);
        rig.run(2_000 * MS);
        assertThat(rig.asked(5)).as("the subscription died with its association").isGreaterThan(before);
    }

    @Test
    void onceIsEnoughForTools() {
        final Rig rig = new Rig(Rig.config()).elements(1, 2).start();
        assertThat(rig.stack.user().resolve(Rig.GWC, this, rig.now)).isTrue();
        rig.settle();
        assertThat(told).containsExactly("policy 0x1: 2");
        rig.run(60_000 * MS);
        assertThat(rig.asked(5)).isEqualTo(1);
        rig.listed.clear();
        rig.stack.user().resolve(Rig.GWC, this, rig.now);
        rig.settle();
        rig.registrarAnswers = false;
        rig.stack.user().resolve(Rig.GWC, this, rig.now);
        rig.run(4_100 * MS);
        assertThat(told).containsExactly("policy 0x1: 2", "UNKNOWN_POOL", "NO_REGISTRAR");
    }

    private static byte[] webElement(final int id) {
        final byte[] transport = Rig.parameter(5, Rig.concat(new byte[] {0, 80, 0, 0}, Rig.parameter(1,
            new byte[] {10, 0, 0, 9})));
        return Rig.parameter(10, Rig.concat(Rig.ints(id, 77, 20_000), transport, Rig.parameter(8, Rig.ints(1))));
    }

    @Test
    void aPoolOfWebServersIsResolvedAndHasNoSessions() {
        final Rig rig = new Rig(Rig.config());
        rig.stack.observe(this);
        rig.registrarAnswers = false;
        rig.start();
        final PoolSession s = rig.open();
        rig.send(s, "x", 0);
        rig.stack.user().resolve(Rig.GWC, this, rig.now);
        rig.settle();
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, Rig.message(6, 0, Rig.parameter(9, Rig.GWC),
            Rig.parameter(8, Rig.ints(1)), webElement(5), webElement(6)), rig.now);
        rig.settle();
        assertThat(told).containsExactly("transport 5", "policy 0x1: 2");
        assertThat(rig.failures).containsExactly(SessionFailure.OTHER_TRANSPORT);
        assertThat(rig.count(AsapCounter.UNUSABLE)).isEqualTo(2);
        rig.send(rig.open(), "y", 0);
        rig.settle();
        assertThat(rig.failures).as("at once").hasSize(2);
    }

    @Test
    void anElementWithoutControlChannelGetsNoCookie() {
        final Rig rig = new Rig(Rig.config()).elements(1).start();
        final PoolSession s = rig.open();
        rig.send(s, "x", PoolSession.RETAIN);
        rig.settle();
        rig.says(1, rig.streamOf(1), "#c");
        assertThat(s.hasCookie()).isTrue();
        rig.got(1);
        // the next one is data only
        final byte[] bare = Rig.element(2);
        bare[bare.length - 8 - 8 - 1] = 0;
        rig.alive.add(2);
        rig.registrarAnswers = false;
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, Rig.message(6, 0, Rig.parameter(9, Rig.GWC), bare), rig.now);
        rig.settle();
        rig.kill(1, DownCause.PEER_UNREACHABLE);
        assertThat(rig.got(2)).containsExactly("x");
        assertThat(rig.count(AsapCounter.COOKIES_WITHHELD)).isEqualTo(1);
        assertThat(rig.failovers.get(0).hadCookie()).isFalse();
    }

    @Test
    void errorsAreToldAndNeverAnswered() {
        final Rig rig = new Rig(Rig.config()).start();
        rig.stack.observe(this);
        final FakeEndpoint.Association r = rig.net.of(Rig.REGISTRAR);
        rig.net.message(r, 0, 11, Rig.message(14, 0, Rig.parameter(12, new byte[] {0, 2, 0, 4}),
            Rig.parameter(0xc001, new byte[0])), rig.now);
        rig.net.message(r, 0, 11, Rig.message(14, 0), rig.now);
        rig.settle();
        assertThat(told).containsExactly("error 2");
        assertThat(rig.count(AsapCounter.MALFORMED)).isEqualTo(1);
        assertThat(rig.toRegistrar).isEmpty();
        // a parameter that stops and asks to be reported is reported though the message is not read
        rig.net.message(r, 0, 11, Rig.message(6, 0, Rig.parameter(0x4001, new byte[0])), rig.now);
        rig.settle();
        assertThat(rig.toRegistrar.get(0).payload()).isEqualTo(Rig.message(14, 0, Rig.parameter(12,
            Rig.parameter(1, Rig.parameter(0x4001, new byte[0])))));
    }
}
