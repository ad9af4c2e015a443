// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A gateway that was stopped and goes on: what its controllers said meanwhile waits in its socket. */
class MgStoppedTest {
    private static final String ADD = "C=${A=tdm/3,A=line/15550100{E=1{al/of},SG{al/ri}}}";
    private final Bench bench = new Bench().connected();

    /** Our clock jumped: nobody has proved yet that he still wants us. */
    private void goOn() {
        bench.element.fenced.add(1);
        bench.element.fenced.add(2);
    }

    @Test
    void nothingIsRungForAControllerThatHasGoneElsewhere() {
        goOn();
        bench.ask(Bench.A, 1, ADD);
        bench.element.fenced.remove(1);
        bench.core.onUserDown(1, bench.now);
        assertThat(bench.core.contexts()).isZero();
        assertThat(bench.core.seizures().total()).isZero();
        assertThat(bench.element.sent).isEmpty();
        assertThat(bench.count(MgCounter.HELD_DROPPED)).isOne();
    }

    @Test
    void oneThatIsStillThereIsObeyedInItsOrder() {
        goOn();
        bench.ask(Bench.A, 1, ADD);
        bench.ask(Bench.A, 2, "C=*{S=tdm/3}");
        bench.ask(Bench.Z, 3, "C=${A=tdm/4}");
        assertThat(bench.core.contexts()).isZero();
        bench.element.fenced.remove(1);
        bench.core.onUserUnfenced(1, bench.now);
        assertThat(bench.take(1, 7)).contains("P=1{C=").contains("A=line/15550100");
        assertThat(bench.take(1, 7)).contains("P=2{C=").contains("S=tdm/3");
        assertThat(bench.element.sent).as("the other one has proved nothing").isEmpty();
        bench.element.fenced.remove(2);
        bench.core.onUserUnfenced(2, bench.now);
        assertThat(bench.take(2, 7)).contains("P=3{C=");
        assertThat(bench.count(MgCounter.HELD)).isEqualTo(3);
    }

    @Test
    void whatWaitsIsBounded() {
        final int bound = MgBounds.standard().maxHeldMessages();
        goOn();
        for (int i = 0; i <= bound; i++) {
            bench.ask(Bench.A, i + 1, "C=*{AV=tdm/1}");
        }
        assertThat(bench.element.aborted).containsExactly(1);
        assertThat(bench.count(MgCounter.HELD)).isEqualTo(bound);
        bench.element.fenced.remove(1);
        bench.core.onUserDown(1, bench.now);
        assertThat(bench.count(MgCounter.HELD_DROPPED)).isEqualTo(bound);
    }
}
