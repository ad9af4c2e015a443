// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.poolswitch.mg.core.Bench.A;
import static org.poolswitch.mg.core.Bench.Z;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.megaco.ContextId;

/** Limits, wrong requests and garbage. */
class MgRefusalTest {
    private static final MgBounds SMALL = new MgBounds(2, 3, 2, 4, 2, 2, 3, 4096, 2);

    private static Bench small() {
        return new Bench(Bench.config(CalledSide.answering(0, 0)).withBounds(SMALL).withTrunks("tg9", 10, 19))
            .connected();
    }

    @Test
    void everyWrongRequestHasItsCode() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        final String in = "C=" + context;
        final String[][] wrong = {
            {"C=77{S=tdm/5}", "411"}, {in + "{A=tdm/99999}", "430"}, {in + "{A=tdm/05}", "430"},
            {in + "{A=line/123456789012345678901}", "430"}, {in + "{A=line/12x}", "430"}, {in + "{A=rtp/1}", "430"},
            {in + "{S=tdm/6}", "435"}, {in + "{MF=line/9}", "435"}, {in + "{MV=tdm/6}", "435"}, {in + "{A=$}", "501"},
            {in + "{MF=tdm/*{E=1{xx/on}}}", "440"}, {in + "{MF=tdm/5{E=1{al/xx}}}", "451"},
            {in + "{MF=line/15551234{SG{al/xx}}}", "452"}, {in + "{MF=tdm/5{MD=V18}}", "444"},
            {in + "{MF=tdm/5{Foo{bar}}}", "444"}, {in + "{S=rtp/*}", "431"}, {in + "{N=tdm/5{OE=1{al/on}}}", "443"},
            {"C=*{A=tdm/7}", "421"}, {"C=-{N=ROOT{OE=1{al/on}}}", "443"}, {"C=-{AV=tdm/5{AT{}}}", "435"},
            {"C=-{MF=tdm/6}", "501"}, {"C=-{AV=foo{AT{}}}", "430"}, {in + "{CA{TP}}", "501"},
            {"C=*{AV=x/*{AT{}}}", "431"}};
        for (int i = 0; i < wrong.length; i++) {
            assertThat(bench.answer(A, 100 + i, wrong[i][0])).as(wrong[i][0]).contains("ER=" + wrong[i][1] + "{");
        }
        assertThat(bench.count(MgCounter.ERRORS)).isEqualTo(wrong.length);
        assertThat(bench.core.contexts()).isEqualTo(1);
        assertThat(bench.core.lines()).isEqualTo(1);
    }

    @Test
    void errorStopsTheTransactionUnlessOptional() {
        final Bench bench = new Bench().connected();
        assertThat(bench.answer(A, 1, "C=${A=tdm/5,A=rtp/1,A=line/1},C=${A=tdm/6}"))
            .matches("C=[0-9]+\\{A=tdm/5,A=rtp/1\\{ER=430\\{.*}}}");
        assertThat(bench.answer(A, 2, "C=${A=tdm/7,O-A=rtp/1,A=line/1},C=${A=tdm/8}"))
            .matches("C=[0-9]+\\{A=tdm/7,A=rtp/1\\{ER=430\\{.*}},A=line/1},C=[0-9]+\\{A=tdm/8}");
        assertThat(bench.core.contexts()).isEqualTo(3);
    }

    @Test
    void otherLegalRequests() {
        final Bench bench = new Bench().connected();
        final ContextId one = bench.call(1, 5, "1");
        final ContextId two = bench.call(2, 6, "2");
        assertThat(bench.answer(A, 10, "C=-{AV=tdm/7{AT{M}},AV=ROOT{AT{M,PG}}}")).isEqualTo(
            "C=-{AV=tdm/7{M{TS{SI=IV}}},AV=ROOT{M{TS{SI=IV}},Packages{g-1,root-1,cg-1,cd-1,al-1,nt-1,tdmc-1}}}");
        assertThat(bench.answer(A, 11, "C=*{AV=tdm/*{AT{}},W-AV=*{AT{}}}")).isEqualTo("C=" + one
            + "{AV=tdm/5},C=" + two + "{AV=tdm/6},C=*{AV=*}");
        assertThat(bench.answer(A, 12, "C=" + one + "{MV=LINE/2{M{O{MO=RC}}}}")).isEqualTo("C=" + one + "{MV=line/2}");
        assertThat(bench.answer(A, 13, "C=" + one + "{MF=line/2{M{O{MO=SR}},AT{M}}}"))
            .isEqualTo("C=" + one + "{MF=line/2{M{O{MO=SR}}}}");
        assertThat(bench.answer(A, 14, "C=" + one + "{TP{tdm/5,line/1,BW},PR=2,W-S=*}"))
            .isEqualTo("C=" + one + "{S=*}");
        assertThat(bench.answer(A, 15, "C=-{SC=ROOT{SV{MT=FL,RE=909}}}")).isEqualTo("C=-{SC=ROOT{SV{V=1}}}");
        assertThat(bench.answer(A, 16, "C=*{S=*{AT{}}}")).isEqualTo("C=" + two + "{S=tdm/6}");
        assertThat(bench.core.contexts()).isZero();
        assertThat(bench.core.lines()).isZero();
    }

    @Test
    void limits() {
        final Bench bench = small();
        assertThat(bench.element.pool).isEqualTo("mg.tg9");
        final ContextId one = bench.call(1, 10, "1");
        bench.call(2, 19, "2");
        assertThat(bench.element.load).isEqualTo(0xffffffffL);
        assertThat(bench.answer(A, 3, "C=${A=tdm/11}")).startsWith("C=${ER=412{");
        assertThat(bench.answer(A, 4, "C=" + one + "{A=tdm/11,A=tdm/12}")).contains("A=tdm/12{ER=434{");
        assertThat(bench.answer(A, 5, "C=*{AV=*{AT{}}}")).contains("ER=533{");
        assertThat(bench.answer(A, 6, "C=*{AV=tdm/9{AT{}}}")).contains("ER=430{");
        assertThat(bench.core.storedReplies()).isEqualTo(4);
        assertThat(bench.count(MgCounter.REPLIES_FORGOTTEN)).isEqualTo(2);
        bench.say(2, 1, "!/1 <third>\nT=1{C=-{AV=ROOT{AT{}}}}");
        assertThat(bench.take(2, 1)).contains("ER=510{");
        bench.core.onUserDown(2, bench.now);
        bench.say(4, 1, "!/1 <third>\nT=1{C=-{AV=ROOT{AT{}}}}");
        assertThat(bench.take(4, 1)).as("there is room once Z is gone").contains("P=1{C=-");
        bench.answer(A, 7, "C=" + one + "{S=*}");
        bench.call(8, 10, "1");
        assertThat(bench.core.seizures().total()).isEqualTo(3);
        assertThat(bench.core.seizures().timesCalled("1")).as("the oldest record is gone").isEqualTo(1);
        final List<String> lines = new ArrayList<>();
        assertThat(bench.core.seizures().forEachAfter(2, s -> lines.add(s.toCsv()))).isEqualTo(3);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).matches("1,[0-9]+,tdm/10,\\[127\\.0\\.0\\.11]:2905,[0-9]+");
    }

    @Test
    void numberCalledTwiceIsSeen() {
        final Bench bench = new Bench().connected();
        final ContextId one = bench.call(1, 10, "1");
        bench.answer(A, 2, "C=" + one + "{S=*}");
        assertThat(bench.core.seizures().timesCalled("1")).isEqualTo(1);
        bench.call(3, 10, "1");
        assertThat(bench.core.seizures().timesCalled("1")).isEqualTo(2);
    }

    @Test
    void garbageIsAnsweredCountedAndChangesNothing() {
        final Bench bench = new Bench().connected();
        bench.call(1, 5, "15551234");
        bench.say(2, 3, "INVITE sip:bob@example.org");
        assertThat(bench.take(2, 3)).isEqualTo("!/1 [127.0.0.5]:2944\nER=400{\"not MEGACO/version at octet 6\"}");
        bench.say(2, 3, "!/1 " + Z + "\nT=8{C=1{A=}}");
        assertThat(bench.take(2, 3)).startsWith("!/1 [127.0.0.5]:2944\nP=8{ER=403{\"");
        bench.say(2, 3, "!/9 " + Z + "\nT=8{C=1{A=tdm/1}}");
        assertThat(bench.take(2, 3)).contains("ER=406{");
        bench.say(2, 3, "!/1 " + Z + "\nER=400{}");
        bench.core.onUserMessage(2, 3, 3, new byte[] {1, 0, 1, 1}, 0, 4, bench.now);
        bench.core.onCookieEcho(2, 3, new byte[9], 0, 9, bench.now);
        assertThat(bench.element.sent).isEmpty();
        assertThat(bench.count(MgCounter.MALFORMED)).isEqualTo(2);
        assertThat(bench.count(MgCounter.PEER_ERRORS)).isEqualTo(1);
        assertThat(bench.count(MgCounter.WRONG_PROTOCOL)).isEqualTo(2);
        assertThat(bench.core.contexts()).isEqualTo(1);
    }

    @Test
    void mutatedRequestsOfAStrangerNeverHarmTheCallsOfOthers() {
        final Bench bench = new Bench().connected();
        final ContextId context = bench.call(1, 5, "15551234");
        final SplittableRandom random = new SplittableRandom(248);
        final String[] seeds = {"T=7{C=" + context + "{S=*}}", "T=8{C=*{S=tdm/5,S=line/15551234}}",
            "T=9{C=${A=tdm/5{M{O{MO=SR}}},A=line/15551234{SG{al/ri}}}}", "P=9{C=1{N=line/15551234}}", "K{1-9}"};
        for (int i = 0; i < 20_000; i++) {
            final byte[] octets = ("!/1 " + Z + "\n" + seeds[i % seeds.length]).getBytes(StandardCharsets.ISO_8859_1);
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[22 + random.nextInt(octets.length - 22)] =
                    (byte) "{},=$*-/0159ACSTMVtdmline \"".charAt(random.nextInt(26));
            }
            final byte[] cut = Arrays.copyOf(octets, random.nextInt(8) == 0 ? random.nextInt(octets.length)
                : octets.length);
            bench.core.onUserMessage(2, 1, 7, cut, 0, cut.length, bench.now);
            bench.element.sent.clear();
        }
        assertThat(bench.answer(A, 2, "C=" + context + "{AV=*{AT{}}}")).isEqualTo("C=" + context
            + "{AV=tdm/5,AV=line/15551234}");
        assertThat(bench.count(MgCounter.MALFORMED)).isGreaterThan(1000);
        assertThat(bench.count(MgCounter.CLAIMS)).isZero();
    }

    @Test
    void configurationSpeaksInSentences() {
        assertThatThrownBy(() -> new CalledSide(0.6, 0.6, 0, 0, 0, 0, true)).hasMessageContaining("fractions of all");
        assertThatThrownBy(() -> new CalledSide(0, 0, 2, 0, 0, 0, true)).hasMessageContaining("fraction");
        assertThatThrownBy(() -> new CalledSide(0, 0, 0, -1, 0, 0, true)).hasMessageContaining("before they are");
        assertThatThrownBy(() -> MgBounds.standard().withContexts(0)).hasMessageContaining("contexts");
        assertThatThrownBy(() -> new MgTimers(1, 1, 1, 1, 1)).hasMessageContaining("Notify is repeated");
        assertThatThrownBy(() -> MgConfig.standard().withTrunks("a b", 0, 1)).hasMessageContaining("trunk group");
        assertThatThrownBy(() -> MgConfig.standard().withTrunks("a", 2, 1)).hasMessageContaining("circuits");
    }
}
