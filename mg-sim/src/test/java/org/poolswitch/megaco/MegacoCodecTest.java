// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MegacoCodecTest {
    private final MegacoDecoder decoder = new MegacoDecoder();

    private MegacoMessage decode(final String text) throws MegacoSyntaxException {
        final byte[] octets = ("??" + text + "??").getBytes(StandardCharsets.ISO_8859_1);
        return decoder.decode(octets, 2, octets.length - 4);
    }

    private static String encode(final TextStyle style, final MegacoMessage message) {
        return new String(new MegacoEncoder(style).encode(message), StandardCharsets.ISO_8859_1);
    }

    @Test
    void everySampleComesBackInBothStyles() throws Exception {
        for (final Map.Entry<String, MegacoMessage> sample : MegacoSamples.all().entrySet()) {
            for (final TextStyle style : TextStyle.values()) {
                final String text = encode(style, sample.getValue());
                assertThat(decode(text)).as(sample.getKey() + "\n" + text).isEqualTo(sample.getValue());
            }
        }
    }

    @Test
    void compactIsWhatTheStandardSays() {
        assertThat(encode(TextStyle.COMPACT, MegacoSamples.all().get("add-both"))).isEqualTo(
            "!/1 [127.0.0.11]:2905\nT=10003{C=${A=tdm/5{M{O{MO=SR}}},A=line/15551234{M{O{MO=SR}},"
            + "E=2223{cd/rt,cd/bt,al/of,al/on},SG{al/ri}}}}");
        assertThat(encode(TextStyle.COMPACT, MegacoSamples.all().get("refused"))).isEqualTo(
            "!/1 [127.0.0.5]:2944\nP=10004{C=${A=tdm/5{ER=433{\"tdm/5 is in context 5000\"}}}}");
    }

    @Test
    void replyOfARealGateway() throws Exception {
        // the payload of megaco-sctp.pcap, from the test captures of ntop/nDPI
        final MegacoMessage message = decode("MEGACO/2 <mg-tr>:16384\nReply = 174091{\nContext = 255{\n"
            + "Modify = MUX/255\n}\n}\n");
        assertThat(message.version()).isEqualTo(2);
        assertThat(message.sender()).isEqualTo(Mid.domain("mg-tr", 16384));
        assertThat(message.transactions()).containsExactly(TransactionReply.of(174091,
            ActionReply.of(ContextId.of(255), CommandReply.of(Verb.MODIFY, TerminationId.of("MUX/255")))));
    }

    @Test
    void commentsCaseAndWhiteSpaceMeanNothing() throws Exception {
        assertThat(decode(" ; a call\r\n!/1 [127.0.0.11]:2905 ;who\n tRaNs".replace("tRaNs", "tRaNsAcTiOn")
            + "\t= 10 ; number\n{ c = 5000 {s=*{aT{ } } ,\r\no-S = line/15551234{audit{}}, O-W-Subtract=tdm/* } } "))
            .isEqualTo(MegacoSamples.all().get("subtract"));
    }

    @Test
    void unreadConstructsAreKept() throws Exception {
        final String text = "!/1 mg@example\nT=1{C=2{TP{tdm/1,tdm/2,BW},PR=3,A=tdm/1{MX=H221{tdm/1,tdm/2},"
            + "DM=d{(xx|[1-4\"}\"])},EB{al/of{strict=exact}},E=3{al/of{EM{SG{cg/dt},E=4{al/on}},KA},dd/ce{DM=d}},"
            + "SG{SL=5{cg/rt,cg/bt}},AT{M{O{MO}},E}}}}";
        final MegacoMessage message = decode(text);
        assertThat(encode(TextStyle.COMPACT, message)).isEqualTo(
            text.replace("EM{SG{cg/dt},E=4{al/on}},KA", "KA,EM{SG{cg/dt},E=4{al/on}}").replace("M{O{MO}},E}}}}",
                "E,M{O{MO}}}}}}"));
    }

    @Test
    void authenticationHeaderIsTolerated() throws Exception {
        final MegacoMessage message = decode("AU=0x00000001:0x00000002:0x0123456789ABCDEF01234567\n"
            + "MEGACO/1 MTP{0a0B}\nPN=1{}");
        assertThat(message.authentication()).isEqualTo("0x00000001:0x00000002:0x0123456789ABCDEF01234567");
        assertThat(message.sender()).isEqualTo(new Mid(Mid.Kind.MTP, "0a0b", 0));
        assertThat(decode(encode(TextStyle.PRETTY, message))).isEqualTo(message);
    }

    @Test
    void extensionsOfServiceChangeAreKept() throws Exception {
        final String text = "!/1 mg\nT=1{C=-{SC=ROOT{SV{MT=RS,RE=901,X-rest=yes,X+a=[1,2]}}}}";
        assertThat(encode(TextStyle.COMPACT, decode(text))).isEqualTo(text);
    }

    @Test
    void relationsOfParameters() throws Exception {
        final MegacoMessage message = decode("!/1 mg\nT=1{C=2{MF=tdm/1{M{TS{a/b>1,a/c<2,a/d#3,a/e=[1,\"x y\"],"
            + "a/f={p,q},a/g=[1:9],BF=OFF}}}}}");
        final MediaDescriptor media = ((TransactionRequest) message.transactions().get(0)).actions().get(0)
            .commands().get(0).find(MediaDescriptor.class);
        assertThat(media.state()).isEqualTo(new TerminationState(null, false, List.of(
            new Parameter("a/b", Parameter.Relation.GREATER, List.of("1")),
            new Parameter("a/c", Parameter.Relation.LESS, List.of("2")),
            new Parameter("a/d", Parameter.Relation.UNEQUAL, List.of("3")),
            new Parameter("a/e", Parameter.Relation.ALL_OF, List.of("1", "x y")),
            new Parameter("a/f", Parameter.Relation.ONE_OF, List.of("p", "q")),
            new Parameter("a/g", Parameter.Relation.RANGE, List.of("1", "9")))));
        assertThat(decode(encode(TextStyle.COMPACT, message))).isEqualTo(message);
    }

    @Test
    void bracesInSessionDescriptionsAreEscaped() throws Exception {
        final MegacoMessage message = MegacoMessage.of(MegacoSamples.MG, TransactionRequest.of(1,
            ActionRequest.of(ContextId.of(1), CommandRequest.modify(MegacoSamples.TRUNK, new MediaDescriptor(
                List.of(new StreamDescriptor(StreamDescriptor.IMPLIED, null, Octets.of("a={x}\\}y\\"), null)),
                null)))));
        assertThat(decode(encode(TextStyle.COMPACT, message))).isEqualTo(message);
        assertThat(encode(TextStyle.COMPACT, message)).contains("a={x\\}\\\\}y\\\r\n}");
    }

    @Test
    void troubleSaysWhereAndInWhichTransaction() {
        assertThatThrownBy(() -> decode("!/1 [127.0.0.1]\nT=77{C=1{A=}}"))
            .isInstanceOfSatisfying(MegacoSyntaxException.class, e -> {
                assertThat(e.transactionId()).isEqualTo(77);
                assertThat(e.position()).isEqualTo(27);
            });
        for (final String bad : List.of("", " ", "MEGACO", "MEGACO/", "MEGACO/1", "MEGACO/x <a>",
            "MEGACO/100 <a> PN=1{}",
            "!/1 [1.2.3]:1 PN=1{}", "!/1 [1.2.3.4]:65536 PN=1{}", "!/1 [::g]:1 PN=1{}", "!/1 [1:2]:1 PN=1{}",
            "!/1 <-a> PN=1{}", "!/1 <a> PN=4294967296{}", "!/1 <a> PN=1{} x", "!/1 <a> K{3-2}", "!/1 <a> K{}",
            "!/1 <a> ER=400{\"x}", "!/1 <a> P=1{}")) {
            assertThatThrownBy(() -> decode(bad)).as(bad).isInstanceOfSatisfying(MegacoSyntaxException.class,
                e -> assertThat(e.transactionId()).isEqualTo(MegacoSyntaxException.NO_TRANSACTION));
        }
        for (final String bad : List.of("T=1{}", "T=1{C=1{}}", "T=1{C=1{A=tdm/1{}}}", "T=1{C=1{B=tdm/1}}",
            "T=1{C=1{A=5}}", "T=1{C=1{A=tdm/1{E=1{of}}}}", "T=1{C=1{A=tdm/1{OE=1{2026:al/of}}}}",
            "T=1{C=1{A=tdm/1{M{L{v=0}}}}", "T=1{C=1{A=tdm/1{M{O{MO=XX}}}}}", "T=1{C=1{A=tdm/1{MX=[}]}}}",
            "T=1{C=1{A=tdm/1{M{ST=0{O{MO=SR}}}}}}", "T=1{C=1{SC=ROOT{SV{MT=XX}}}}")) {
            assertThatThrownBy(() -> decode("!/1 <a> " + bad)).as(bad).isInstanceOfSatisfying(
                MegacoSyntaxException.class, e -> assertThat(e.transactionId()).isEqualTo(1));
        }
    }

    @Test
    void limitsHold() {
        final MegacoDecoder small = new MegacoDecoder(new MegacoLimits(200, 4, 16));
        assertThatThrownBy(() -> small.decode(new byte[201], 0, 201)).hasMessageContaining("longer than 200");
        final byte[] deep = "!/1 <a> T=1{C=1{A=tdm/1{MX{{{{{}}}}}}}}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> small.decode(deep, 0, deep.length)).hasMessageContaining("nest deeper than 4");
        final byte[] many = ("!/1 <a> K{1" + ",1".repeat(20) + "}").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> small.decode(many, 0, many.length)).hasMessageContaining("more than 16 items");
        assertThatThrownBy(() -> new MegacoLimits(1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
