// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.mg.core.Bench.A;
import static org.poolswitch.mg.core.Bench.ANSWER;
import static org.poolswitch.mg.core.Bench.MS;
import static org.poolswitch.mg.core.Bench.RING;
import static org.poolswitch.mg.core.Bench.Z;

import org.junit.jupiter.api.Test;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.TransactionReply;

/** Controller A makes a call and is lost; Z takes over. */
class MgFailoverTest {
    private static String claim(final ContextId context, final int requestId) {
        return "C=" + context + "{MF=tdm/5{E=" + requestId + "{al/on}},MF=line/15551234{E=" + requestId
            + "{cd/rt,cd/bt,al/of,al/on}},AV=line/15551234{AT{OE}}}";
    }

    @Test
    void claimBringsWhatTheOldOwnerNeverHeard() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        bench.turn(RING);
        bench.acknowledge(A, bench.take(1, 7));
        bench.core.onUserDown(1, bench.now);
        bench.turn(ANSWER + 60_000 * MS);
        assertThat(bench.element.sent).as("nobody to tell").isEmpty();

        assertThat(bench.answer(Z, 900, claim(context, 33))).matches("C=" + context
            + "\\{MF=tdm/5,MF=line/15551234,AV=line/15551234\\{OE=33\\{[0-9T]+:cd/rt,[0-9T]+:al/of}}}");
        final String repeated = bench.take(2, 7);
        assertThat(repeated).as("at once, after the reply, under the new request").contains("OE=33{")
            .contains(":al/of}").doesNotContain("cd/rt");
        bench.acknowledge(Z, repeated);
        assertThat(bench.core.waitingNotifies()).isZero();
        assertThat(bench.count(MgCounter.CLAIMS)).isEqualTo(1);
        assertThat(bench.answer(Z, 901, "C=" + context + "{S=*{AT{}}}")).doesNotContain("ER=");
        assertThat(bench.core.contexts()).isZero();
    }

    @Test
    void lateAnswerOfTheOldOwnerIsNotTheNewOnes() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        bench.turn(RING);
        final String toOld = bench.take(1, 7);
        bench.answer(Z, 900, claim(context, 33));
        final String toNew = bench.take(2, 7);
        bench.acknowledge(A, toOld);
        bench.acknowledge(A, toNew);
        assertThat(bench.core.waitingNotifies()).isEqualTo(1);
        assertThat(bench.count(MgCounter.LATE_REPLIES)).isEqualTo(2);
        bench.acknowledge(Z, toNew);
        assertThat(bench.core.waitingNotifies()).isZero();
        bench.turn(ANSWER);
        assertThat(bench.take(2, 7)).contains(":al/of}");
    }

    @Test
    void deposedOwnerIsRefused() throws Exception {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        bench.answer(Z, 900, claim(context, 33));
        for (final String command : new String[] {"S=*", "S=tdm/5", "MF=line/15551234{SG{al/ri}}", "A=tdm/6",
            "S=tdm/5{E=1{al/on}}", "MV=tdm/5"}) {
            bench.ask(A, 100 + command.hashCode() % 50, "C=" + context + "{" + command + "}");
            final TransactionReply reply = bench.replies().get(0);
            assertThat(reply.firstError().code()).as(command).isEqualTo(402);
        }
        assertThat(bench.answer(A, 200, "C=*{S=tdm/5}")).startsWith("C=" + context + "{S=tdm/5{ER=402{");
        assertThat(bench.answer(A, 201, "C=*{S=*}")).as("all of his own, which are none").startsWith("C=*{S=*{ER=431{");
        assertThat(bench.answer(A, 202, "C=" + context + "{AV=tdm/5{AT{}}}")).as("looking is free")
            .isEqualTo("C=" + context + "{AV=tdm/5}");
        assertThat(bench.core.contexts()).isEqualTo(1);
        assertThat(bench.count(MgCounter.NON_OWNER_REFUSED)).isEqualTo(7);
    }

    @Test
    void secondAddIsLedToTheFirstContext() throws Exception {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        final String add = "C=${A=tdm/5{M{O{MO=SR}}},A=line/15551234{E=1{al/of},SG{al/ri}}}";
        bench.ask(Z, 900, add);
        final TransactionReply refused = bench.replies().get(0);
        assertThat(refused.actions().get(0).context()).isEqualTo(ContextId.CHOOSE);
        assertThat(refused.actions().get(0).commands()).hasSize(1);
        assertThat(refused.firstError().code()).isEqualTo(433);
        assertThat(refused.firstError().text()).isEqualTo("tdm/5 is in context " + context);
        assertThat(bench.count(MgCounter.DOUBLED_REFUSED)).isEqualTo(1);
        assertThat(bench.core.contexts()).as("and no second one is left behind").isEqualTo(1);

        assertThat(bench.answer(Z, 901, "C=*{AV=tdm/5{AT{}}}")).as("the other way to find it")
            .isEqualTo("C=" + context + "{AV=tdm/5}");
        bench.answer(Z, 902, claim(context, 34));
        bench.turn(RING);
        assertThat(bench.take(2, 7)).contains(":cd/rt}");
        assertThat(bench.core.seizures().timesCalled("15551234")).isEqualTo(1);
    }

    @Test
    void releaseBeforeTheContextIsKnown() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        assertThat(bench.answer(Z, 900, "C=*{MF=tdm/5{E=1{al/on}},S=tdm/5{AT{}},S=line/15551234{AT{}}}"))
            .isEqualTo("C=" + context + "{MF=tdm/5,S=tdm/5,S=line/15551234}");
        assertThat(bench.core.contexts()).isZero();
        assertThat(bench.answer(Z, 901, "C=*{O-S=tdm/5,S=line/15551234}"))
            .matches("C=\\*\\{S=tdm/5\\{ER=435\\{.*}},S=line/15551234\\{ER=435\\{.*}}}");
    }

    @Test
    void endedContextIsUnknownAndItsNumberIsNotReusedSoon() {
        final Bench bench = new Bench().connected();
        final ContextId first = bench.call(1, 5, "15551234");
        bench.answer(A, 2, "C=" + first + "{S=*}");
        for (int i = 0; i < 10_000; i++) {
            final ContextId other = bench.call(10 + 2L * i, 5, "15551234");
            assertThat(other).isNotEqualTo(first);
            bench.answer(A, 11 + 2L * i, "C=" + other + "{S=*}");
        }
        assertThat(bench.answer(Z, 900, claim(first, 1))).startsWith("C=" + first + "{ER=411{");
        assertThat(bench.count(MgCounter.CLAIMS)).isZero();
    }

    @Test
    void controllerThatComesBackOnAnotherAssociationFindsItsCalls() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        bench.core.onUserDown(1, bench.now);
        bench.turn(RING);
        assertThat(bench.element.sent).isEmpty();
        bench.core.onUserUp(3, bench.now);
        assertThat(bench.take(3, 0)).as("not a restart: there are calls").contains("MT=DC,RE=\"900 Service Restored\"");
        bench.say(3, 9, "!/1 " + A + "\nT=70{C=" + context + "{AV=tdm/5{AT{}}}}");
        assertThat(bench.take(3, 9)).contains(":cd/rt}");
        assertThat(bench.take(3, 9)).contains("P=70{C=" + context);
        assertThat(bench.count(MgCounter.CLAIMS)).isZero();
    }

    @Test
    void duplicateIsAnsweredAndNotDone() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        final String add = "C=${A=tdm/5{M{O{MO=SR}}},A=line/15551234{E=1{cd/rt,cd/bt,al/of,al/on},SG{al/ri}}}";
        assertThat(bench.answer(A, 1, add)).isEqualTo("C=" + context + "{A=tdm/5,A=line/15551234}");
        assertThat(bench.answer(A, 1, add.replace("T=", "Transaction="))).startsWith("C=" + context);
        assertThat(bench.count(MgCounter.DUPLICATES)).isEqualTo(2);
        assertThat(bench.count(MgCounter.CONTEXTS_MADE)).isEqualTo(1);
        assertThat(bench.answer(Z, 1, add)).as("the same number from somebody else is another").contains("ER=433");
    }

    @Test
    void sameNumberForAnotherRequestIsARestartedController() {
        final Bench bench = new Bench().connected();
        bench.call(1, 5, "15551234");
        bench.call(1, 6, "15551235");
        assertThat(bench.count(MgCounter.IDS_REUSED)).isEqualTo(1);
        assertThat(bench.core.contexts()).isEqualTo(2);
    }

    @Test
    void storedRepliesGoWithTimeAndWithAcknowledgement() {
        final Bench bench = new Bench().connected();
        bench.answer(A, 1, "C=-{AV=ROOT{AT{}}}");
        bench.answer(A, 2, "C=-{AV=ROOT{AT{}}}");
        bench.answer(A, 3, "C=-{AV=ROOT{AT{}}}");
        bench.say(1, 7, "!/1 " + A + "\nK{1,2-4000000000}");
        assertThat(bench.core.storedReplies()).isZero();
        bench.answer(A, 4, "C=-{AV=ROOT{AT{}}}");
        bench.turn(30_000 * MS);
        bench.answer(A, 5, "C=-{AV=ROOT{AT{}}}");
        assertThat(bench.core.storedReplies()).isEqualTo(1);
        assertThat(bench.count(MgCounter.REPLIES_FORGOTTEN)).isZero();
    }
}
