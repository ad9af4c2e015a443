// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.core.Rig.MS;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapSuspicion;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.sctp.DownCause;

/** What a user knows of a pool when its home changes, or says that it cannot answer. */
class CacheAndHomeTest implements QuietListener {
    private static AsapConfig twoRegistrars() {
        return AsapConfig.carrier(List.of(Rig.REGISTRAR, Rig.REGISTRAR2), null, 9899)
            .withSuspicion(AsapSuspicion.carrier().with(20 * MS, 0));
    }

    private static long questionsTo(final Rig rig, final FakeEndpoint.Association a) {
        return rig.toRegistrar.stream().filter(s -> s.association() == a.id && s.type() == 5).count();
    }

    /** A registrar that leaves gives its elements to another (H bit), and a subscription is no element. */
    @Test
    void aSubscriptionFollowsTheHome() {
        final Rig rig = new Rig(twoRegistrars()).elements(1);
        rig.stack.element(this).register(Rig.GWC, 1, rig.now);
        rig.start();
        rig.send(rig.open(), "a", 0);
        rig.run(10 * MS);
        final boolean first = rig.stack.homeRegistrar().equals(Rig.REGISTRAR);
        final FakeEndpoint.Association home = rig.net.of(first ? Rig.REGISTRAR : Rig.REGISTRAR2);
        final FakeEndpoint.Association other = rig.net.of(first ? Rig.REGISTRAR2 : Rig.REGISTRAR);
        final byte[] update = rig.resolution(Rig.GWC);
        update[1] = 1;
        rig.net.message(home, 0, 11, update, rig.now);
        rig.settle();
        final long before = rig.asked(5);
        rig.run(3_000 * MS);
        assertThat(rig.asked(5)).as("subscribed").isEqualTo(before);
        rig.net.message(other, 0, 11, Rig.message(7, 1, Rig.ints(79), Rig.parameter(9, Rig.GWC)), rig.now);
        rig.settle();
        assertThat(rig.stack.homeRegistrar()).isEqualTo(other.remote);
        assertThat(questionsTo(rig, other)).as("the new home is asked, and subscribed to, at once").isEqualTo(1);
    }

    /** RFC 5354 section 3.10: only "unknown pool handle" says that the pool is empty. */
    @Test
    void aRegistrarThatCannotAnswerDoesNotEmptyThePool() {
        final Rig rig = new Rig(Rig.config().with("Preconnect=0,Standby.Registrar=off")).elements(1, 2).start();
        final PoolSession s = rig.open();
        rig.send(s, "a", PoolSession.RETAIN);
        rig.settle();
        final int one = s.element();
        final int two = 3 - one;
        rig.got(one);
        for (final int cause : new int[] {ErrorCause.LACK_OF_RESOURCES, ErrorCause.REJECTED_FOR_SECURITY}) {
            rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, Rig.message(6, 0, Rig.parameter(9, Rig.GWC),
                Rig.parameter(12, new byte[] {0, (byte) cause, 0, 4})), rig.now);
        }
        rig.settle();
        rig.registrarAnswers = false;
        rig.kill(one, DownCause.PEER_UNREACHABLE);
        assertThat(rig.got(two)).as("the other element is still known").contains("a");
        assertThat(rig.failures).isEmpty();
    }

    /** RFC 5354 section 3.10.4: how often it happened before does not matter. */
    @Test
    void anIdentifierIsReplacedWheneverItIsTaken() {
        final Rig rig = new Rig(Rig.config());
        rig.stack.element(this).register(Rig.GWC, 1, rig.now);
        rig.start();
        for (int i = 1; i <= 20; i++) {
            rig.run(5_100 * MS);
            final byte[] request = rig.toRegistrar.stream().filter(s -> s.type() == 1).reduce((a, b) -> b)
                .orElseThrow().payload();
            final byte[] id = java.util.Arrays.copyOfRange(request, 16, 20);
            final long before = rig.asked(1);
            rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, Rig.message(3, 1, Rig.parameter(9, Rig.GWC),
                Rig.parameter(14, id), Rig.parameter(12, new byte[] {0, 4, 0, 4})), rig.now);
            rig.settle();
            assertThat(rig.asked(1)).as("time " + i).isEqualTo(before + 1);
            assertThat(rig.stack.registrations()).isEqualTo(1);
        }
    }

    /** Pools.Max bounds what is remembered, not how many pools a node may use in its life. */
    @Test
    void poolsThatNobodyUsesAreForgottenForOthers() {
        final Rig rig = new Rig(Rig.config().with("Pools.Max=2")).elements(1).start();
        final PoolSession stays = rig.stack.user().open("stays".getBytes(), rig, null, rig.now);
        rig.send(stays, "a", 0);
        rig.settle();
        for (int i = 0; i < 10; i++) {
            final PoolSession s = rig.stack.user().open(("pool" + i).getBytes(), rig, null, rig.now);
            assertThat(s).as("pool " + i).isNotNull();
            assertThat(rig.stack.user().open("one more".getBytes(), rig, null, rig.now)).isNull();
            rig.send(s, "b" + i, 0);
            rig.settle();
            s.close(rig.now);
            rig.run(100 * MS);
        }
        rig.send(stays, "c", 0);
        rig.settle();
        assertThat(rig.got(1)).startsWith("a", "b0").endsWith("b9", "c").hasSize(12);
        assertThat(rig.failures).isEmpty();
    }

    /** A registrar has few subscriptions for each user (Subscriptions.Per.User): one that nobody uses is given back. */
    @Test
    void aForgottenPoolsSubscriptionIsGivenBack() {
        final Rig rig = new Rig(Rig.config().with("Pools.Max=1,Standby.Registrar=off")).elements(1).start();
        final PoolSession s = rig.stack.user().open("first".getBytes(), rig, null, rig.now);
        rig.send(s, "a", 0);
        rig.settle();
        final byte[] update = rig.resolution("first".getBytes());
        update[1] = 1;
        rig.net.message(rig.net.of(Rig.REGISTRAR), 0, 11, update, rig.now);
        s.close(rig.now);
        rig.settle();
        rig.toRegistrar.clear();
        assertThat(rig.stack.user().open("second".getBytes(), rig, null, rig.now)).isNotNull();
        rig.settle();
        assertThat(rig.toRegistrar).anySatisfy(sent -> {
            assertThat(sent.type()).isEqualTo(5);
            assertThat(sent.payload()[1]).as("S bit").isZero();
            assertThat(new String(sent.payload(), java.nio.charset.StandardCharsets.ISO_8859_1)).contains("first");
        });
    }
}
