// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.mg.core.Bench.A;
import static org.poolswitch.mg.core.Bench.ANSWER;
import static org.poolswitch.mg.core.Bench.MS;
import static org.poolswitch.mg.core.Bench.RING;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.TextStyle;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SendStatus;

class MgCallTest {
    @Test
    void registersAndAnnouncesItself() {
        final Bench bench = new Bench();
        assertThat(bench.element.pool).isEqualTo("mg.tg1");
        bench.core.onUserUp(1, bench.now);
        final String first = bench.take(1, 0);
        assertThat(first).matches("!/1 \\[127\\.0\\.0\\.5]:2944\nT=[0-9]+\\{C=-\\{SC=ROOT\\{SV\\{MT=RS,"
            + "RE=\"901 Cold Boot\",V=1}}}}");
        bench.turn(1_000 * MS);
        assertThat(bench.take(1, 0)).as("repeated as it is").isEqualTo(first);
        bench.turn(60_000 * MS);
        assertThat(bench.element.sent).as("five tries in all, then it goes on without").hasSize(3);
        assertThat(bench.core.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
    }

    @Test
    void answeredAnnouncementIsNotRepeated() {
        final Bench bench = new Bench().connected();
        assertThat(bench.count(MgCounter.SERVICE_CHANGES_ACKNOWLEDGED)).isEqualTo(2);
        assertThat(bench.core.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
        assertThat(bench.core.controllers()).isEqualTo(2);
    }

    @Test
    void wholeCall() {
        final Bench bench = new Bench(Bench.config(new CalledSide(0, 0, 1, RING, ANSWER, 900 * MS, false))
            .withText(TextStyle.COMPACT, 1_795_442_940_000L)).connected();
        final ContextId context = bench.call(50, 5, "15551234");
        assertThat(bench.core.contexts()).isEqualTo(1);
        bench.turn(RING - 1);
        assertThat(bench.element.sent).isEmpty();
        bench.turn(1);
        final String ringing = bench.take(1, 7);
        assertThat(ringing).matches("!/1 \\[127\\.0\\.0\\.5]:2944\nT=[0-9]+\\{C=" + context
            + "\\{N=line/15551234\\{OE=50\\{20261123T[0-9]{8}:cd/rt}}}}");
        bench.acknowledge(A, ringing);
        bench.turn(ANSWER);
        final String answer = bench.take(1, 7);
        assertThat(answer).contains(":al/of}");
        bench.acknowledge(A, answer);
        bench.turn(900 * MS);
        final String hangUp = bench.take(1, 7);
        assertThat(hangUp).contains(":al/on}");
        bench.acknowledge(A, hangUp);
        assertThat(bench.answer(A, 51, "C=" + context + "{AV=line/15551234{AT{OE}},S=*}")).matches("C=" + context
            + "\\{AV=line/15551234\\{OE=50\\{[0-9T]+:cd/rt,[0-9T]+:al/of,[0-9T]+:al/on}},"
            + "S=tdm/5\\{SA\\{nt/dur=1220}},S=line/15551234\\{SA\\{nt/dur=1220}}}");
        assertThat(bench.core.contexts()).isZero();
        assertThat(bench.core.lines()).isZero();
        assertThat(bench.core.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
        assertThat(bench.core.waitingNotifies()).isZero();
        assertThat(bench.count(MgCounter.CONTEXTS_ENDED)).isEqualTo(1);
        assertThat(bench.core.seizures().timesCalled("15551234")).isEqualTo(1);
        assertThat(bench.count(MgCounter.LATE_REPLIES)).isZero();
    }

    @Test
    void callerGivesUpWhileItRings() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        bench.turn(RING);
        bench.take(1, 7);
        assertThat(bench.answer(A, 2, "C=" + context + "{S=*{AT{}}}")).isEqualTo("C=" + context
            + "{S=tdm/5,S=line/15551234}");
        bench.turn(3_600_000 * MS);
        assertThat(bench.element.sent).as("nobody answers, and the Notify is not repeated").isEmpty();
        assertThat(bench.core.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
    }

    @Test
    void busyLine() {
        final Bench bench = new Bench(Bench.config(new CalledSide(1, 0, 1, RING, ANSWER, 0, false))).connected();
        bench.call(1, 5, "15551234");
        bench.turn(RING);
        final String busy = bench.take(1, 7);
        assertThat(busy).contains(":cd/bt}");
        bench.acknowledge(A, busy);
        bench.turn(3_600_000 * MS);
        assertThat(bench.element.sent).isEmpty();
    }

    @Test
    void nobodyAtHome() {
        final Bench bench = new Bench(Bench.config(new CalledSide(0, 1, 1, RING, ANSWER, 0, false))).connected();
        bench.call(1, 5, "15551234");
        bench.turn(RING);
        bench.acknowledge(A, bench.take(1, 7));
        bench.turn(3_600_000 * MS);
        assertThat(bench.element.sent).isEmpty();
    }

    @Test
    void habitsOfManySubscribersFollowTheMix() {
        final Bench bench = new Bench(Bench.config(CalledSide.standard())).connected();
        final int calls = 4000;
        for (int i = 0; i < calls; i++) {
            bench.call(i + 1, i, "2" + i);
        }
        final int[] seen = new int[4];
        final Set<String> known = new HashSet<>();
        bench.turn(60_000 * MS);
        while (!bench.element.sent.isEmpty()) {
            final String text = new String(bench.element.sent.peek().octets(),
                StandardCharsets.ISO_8859_1);
            bench.element.sent.remove();
            // nobody acknowledges here, so each comes several times
            if (known.add(text)) {
                seen[text.contains("cd/rt") ? 0 : text.contains("cd/bt") ? 1 : text.contains("al/of") ? 2 : 3]++;
            }
        }
        assertThat(seen[1] / (double) calls).as("busy").isBetween(0.06, 0.10);
        assertThat(seen[0]).as("ringing").isEqualTo(calls - seen[1]);
        assertThat((seen[0] - seen[2]) / (double) calls).as("unanswered").isBetween(0.04, 0.08);
        assertThat(seen[3] / (double) seen[2]).as("hang up first").isBetween(0.26, 0.34);
    }

    @Test
    void eventsThatNobodyAskedForAreKeptForAudit() {
        final Bench bench = new Bench().connected();
        final String text = bench.answer(A, 1, "C=${A=tdm/9,A=line/77{SG{al/ri}}}");
        final String context = text.substring(0, text.indexOf('{'));
        bench.turn(RING + ANSWER);
        assertThat(bench.element.sent).isEmpty();
        final String audited = bench.answer(A, 2, context + "{MF=line/77{E=4{al/*}},AV=line/77{AT{OE,E,SG,M}}}");
        assertThat(audited).matches(context + "\\{MF=line/77,AV=line/77\\{OE=4\\{[0-9T]+:cd/rt,[0-9T]+:al/of},"
            + "E=4\\{al/\\*},SG\\{al/ri},M\\{TS\\{SI=IV}}}}");
    }

    @Test
    void stoppedRingIsNotAnswered() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        assertThat(bench.answer(A, 2, "C=" + context + "{MF=line/15551234{SG{}}}")).isEqualTo("C=" + context
            + "{MF=line/15551234}");
        assertThat(bench.core.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
    }

    @Test
    void notifyIsRepeatedUntilAcknowledged() {
        final Bench bench = new Bench(Bench.config(new CalledSide(0, 1, 0, RING, 0, 0, false))).connected();
        bench.call(1, 5, "15551234");
        bench.turn(RING);
        final String notify = bench.take(1, 7);
        bench.turn(500 * MS);
        assertThat(bench.take(1, 7)).isEqualTo(notify);
        bench.turn(1_000 * MS);
        assertThat(bench.take(1, 7)).isEqualTo(notify);
        bench.say(1, 7, "!/1 " + A + "\nPN=" + notify.replaceAll("(?s).*T=([0-9]+).*", "$1") + "{}");
        bench.turn(3_999 * MS);
        assertThat(bench.element.sent).as("pending: a full interval more").isEmpty();
        bench.turn(1 * MS);
        bench.acknowledge(A, bench.take(1, 7));
        bench.turn(60_000 * MS);
        assertThat(bench.element.sent).isEmpty();
        assertThat(bench.count(MgCounter.NOTIFIES_SENT)).isEqualTo(1);
        assertThat(bench.count(MgCounter.NOTIFIES_REPEATED)).isEqualTo(3);
        assertThat(bench.count(MgCounter.NOTIFIES_ACKNOWLEDGED)).isEqualTo(1);
    }

    @Test
    void refusedNotifyIsTriedAgain() {
        final Bench bench = new Bench(Bench.config(new CalledSide(0, 1, 0, RING, 0, 0, false))).connected();
        bench.call(1, 5, "15551234");
        bench.element.answer = SendStatus.FULL;
        bench.turn(RING);
        assertThat(bench.count(MgCounter.SENDS_REFUSED)).isEqualTo(1);
        bench.element.answer = SendStatus.ACCEPTED;
        bench.turn(500 * MS);
        assertThat(bench.take(1, 7)).contains(":cd/rt}");
    }

    @Test
    void drainKeepsCallsAndTakesNone() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        bench.core.beginDrain(bench.now);
        assertThat(bench.take(1, 0)).contains("MT=GR");
        assertThat(bench.take(2, 0)).contains("MT=GR");
        assertThat(bench.element.registered).isFalse();
        assertThat(bench.core.isDrained()).isFalse();
        assertThat(bench.answer(A, 2, "C=${A=tdm/6}")).startsWith("C=${ER=503{");
        assertThat(bench.answer(A, 3, "C=" + context + "{MF=tdm/5{M{O{MO=IN}}}}"))
            .isEqualTo("C=" + context + "{MF=tdm/5}");
        bench.answer(A, 4, "C=" + context + "{S=*}");
        assertThat(bench.core.isDrained()).isTrue();
    }
}
