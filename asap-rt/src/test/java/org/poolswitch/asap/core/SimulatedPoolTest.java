// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.asap.Failover;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sim.SimConfig;
import org.poolswitch.sim.SimWorld;

/**
 * Stacks on real SCTP in a simulated network. Elements count a session's messages and seal the count in the cookie, so
 * that a message lost, doubled or out of order on the way from one element to the next shows as a wrong count.
 */
class SimulatedPoolTest {
    private static final long MS = 1_000_000L;
    private static final int SESSIONS = 40;
    private final Map<String, SimNodes.Counter> counters = new HashMap<>();
    private SimWorld world;
    private SimNodes.User user;

    private void boot(final long seed) {
        world = new SimWorld(seed, SimConfig.defaults(SctpConfig.carrier()));
        world.addNode("registrar", SimNodes.host(200), (e, r) -> new SimNodes.Registrar(e), 3863);
        for (int n = 1; n <= 3; n++) {
            final int host = n;
            world.addNode("pe" + n, SimNodes.host(n), (e, r) -> {
                final SimNodes.Counter c = new SimNodes.Counter(host, e, r);
                counters.put("pe" + host, c);
                return c;
            }, SimNodes.PORT);
        }
        world.runFor(100 * MS);
        world.addClient("user", SimNodes.host(50), (e, r) -> {
            user = new SimNodes.User(50, SESSIONS, e, r);
            return user;
        }, SimNodes.PORT);
        world.runFor(500 * MS);
        assertThat(user.answers).isGreaterThan(SESSIONS * 40);
        user.worstGapNs = 0;
    }

    private void goesOn() {
        final long before = user.answers;
        world.runFor(500 * MS);
        assertThat(user.answers - before).isGreaterThan(SESSIONS * 40);
        assertThat(user.failures).isEmpty();
    }

    @Test
    void killedElementIsReplacedWithinMilliseconds() {
        boot(1);
        world.kill("pe2");
        world.runFor(300 * MS);
        assertThat(user.failovers).hasSizeBetween(SESSIONS / 3, SESSIONS / 3 + 1)
            .allMatch(f -> f.cause() == Failover.Cause.UNREACHABLE && f.hadCookie());
        assertThat(user.worstGapNs).isLessThan(10 * MS);
        goesOn();
        world.restart("pe2");
        world.runFor(3000 * MS);
        assertThat(user.stack.elementAssociations()).isEqualTo(3);
        goesOn();
    }

    @Test
    void pausedElementIsReplacedAndTurnedAwayWhenItWakes() {
        boot(2);
        final SimNodes.Counter paused = counters.get("pe3");
        world.pause("pe3");
        world.runFor(1000 * MS);
        assertThat(user.failovers).isNotEmpty().allMatch(f -> f.cause() == Failover.Cause.SILENT);
        assertThat(user.worstGapNs).isLessThan(300 * MS);
        world.resume("pe3");
        world.runFor(100 * MS);
        assertThat(paused.unfenced).isZero();
        assertThat(paused.usersDown).isGreaterThanOrEqualTo(1);
        goesOn();
        world.runFor(6000 * MS);
        assertThat(user.stack.elementAssociations()).isEqualTo(3);
    }

    @Test
    void shortPauseIsForgivenAndNothingIsSaidTwice() {
        boot(3);
        world.pause("pe1");
        world.runFor(100 * MS);
        world.resume("pe1");
        world.runFor(200 * MS);
        assertThat(user.failovers).isEmpty();
        assertThat(counters.get("pe1").unfenced).isEqualTo(1);
        assertThat(user.worstGapNs).isBetween(90 * MS, 160 * MS);
        goesOn();
    }

    @Test
    void pausedUserComesBackToTheSameElements() {
        boot(4);
        world.pause("user");
        world.runFor(100 * MS);
        world.resume("user");
        world.runFor(300 * MS);
        assertThat(user.failovers).isEmpty();
        goesOn();
    }

    @Test
    void cutOffElementIsReplaced() {
        boot(5);
        world.cut("user", "pe1");
        world.runFor(1000 * MS);
        assertThat(user.failovers).isNotEmpty();
        assertThat(user.worstGapNs).isLessThan(300 * MS);
        world.heal("user", "pe1");
        goesOn();
    }

    @Test
    void deadRegistrarIsNotMissed() {
        boot(6);
        world.kill("registrar");
        world.runFor(1000 * MS);
        world.kill("pe1");
        world.runFor(300 * MS);
        assertThat(user.failovers).isNotEmpty();
        goesOn();
        world.restart("registrar");
        world.runFor(3000 * MS);
        assertThat(counters.get("pe2").stack.registrations()).isEqualTo(1);
        world.restart("pe1");
        world.runFor(3000 * MS);
        assertThat(user.stack.elementAssociations()).isEqualTo(3);
        goesOn();
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108, 109, 110})
    void oneDisasterAfterAnother(final long seed) {
        boot(seed);
        final RandomGenerator dice = world.newRandom();
        for (int i = 0; i < 12; i++) {
            final String victim = "pe" + (1 + dice.nextInt(3));
            final boolean kill = dice.nextBoolean();
            if (kill) {
                world.kill(victim);
            } else {
                world.pause(victim);
            }
            world.runFor((10 + dice.nextInt(900)) * MS);
            if (kill) {
                world.restart(victim);
            } else {
                world.resume(victim);
            }
            world.runFor((10 + dice.nextInt(900)) * MS);
        }
        world.runFor(3000 * MS);
        goesOn();
        assertThat(user.worstGapNs).isLessThan(3000 * MS);
    }
}
