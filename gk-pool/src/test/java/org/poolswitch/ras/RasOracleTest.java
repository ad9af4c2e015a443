// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two independent codecs judge ours: the one that Erlang's ASN.1 compiler makes, and Wireshark's dissector. */
class RasOracleTest {
    private static final int MESSAGES = 600;
    private static final HexFormat HEX = HexFormat.of();
    @TempDir
    static Path folder;
    private static boolean compiled;
    private final List<RasMessage> messages = new ArrayList<>();

    @BeforeEach
    void makeMessages() {
        final SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < MESSAGES; i++) {
            messages.add(RasSamples.any(random));
        }
    }

    private static Guid guid(final int octet) {
        return new Guid(octet * 0x0101010101010101L, octet * 0x0101010101010101L);
    }

    private static void compileJudge() throws Exception {
        Tools.require("erlc", "escript");
        if (compiled) {
            return;
        }
        compiled = true;
        Tools.resource(folder, "RAS.asn1");
        Tools.resource(folder, "judge.escript");
        Tools.run(folder, "erlc", "-bper", "+maps", "RAS.asn1");
    }

    @Test
    void erlangReadsWhatWeWriteAndWritesTheSame() throws Exception {
        compileJudge();
        final List<String> ours = new ArrayList<>();
        for (final RasMessage message : messages) {
            ours.add(HEX.formatHex(RasCodec.encode(message)));
        }
        Files.write(folder.resolve("ours.txt"), ours);
        final List<String> theirs = Tools.run(folder, "escript", "judge.escript", ".", "decode", "ours.txt");
        assertThat(theirs).hasSameSizeAs(ours);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(theirs.get(i)).as(messages.get(i).toString()).isEqualTo(ours.get(i));
        }
    }

    @Test
    void weReadWhatErlangWrites() throws Exception {
        compileJudge();
        final Map<String, RasMessage> theirs = new HashMap<>();
        for (final String line : Tools.run(folder, "escript", "judge.escript", ".", "encode")) {
            final byte[] octets = HEX.parseHex(line.split(" ")[1]);
            final RasMessage message = RasCodec.decode(octets, 0, octets.length);
            assertThat(RasCodec.encode(message)).as(line).isEqualTo(octets);
            theirs.put(line.split(" ")[0], message);
        }
        assertThat(theirs).containsExactlyInAnyOrderEntriesOf(expected());
    }

    private static Map<String, RasMessage> expected() throws Exception {
        final NonStandardParameter vendor = new NonStandardParameter(
            new NonStandardParameter.ByVendor(181, 2, 9009), Octets.of(new byte[] {1, 2, 3}));
        final List<AliasAddress> source = List.of(new AliasAddress.DialledDigits("49201*#,"));
        final byte[] host = new byte[16];
        java.util.Arrays.fill(host, (byte) 0xfd);
        final Map<String, RasMessage> m = new HashMap<>();
        m.put("arq-small", new AdmissionRequest(4711, CallType.N_TO_N, null, "gwc-1", List.of(), null, List.of(),
            source, null, 1280, 65535, null, null, guid(1), true, false, false, guid(2), null, true, false));
        m.put("arq-full", new AdmissionRequest(4711, CallType.N_TO_N, CallModel.GATEKEEPER_ROUTED, "gwc-1",
            List.of(new AliasAddress.H323Id("m\u00fcller"), new AliasAddress.DialledDigits("0301234567")),
            TransportAddress.of(InetAddress.getByAddress(host), 1720),
            List.of(new AliasAddress.DialledDigits("1")), source,
            new TransportAddress.Ipx(Octets.of(new byte[] {1, 2, 3, 4, 5, 6}), Octets.of(new byte[] {7, 8, 9, 10}),
                0x0b0c), 1280, 65535, vendor, new QseriesOptions(0b1010101, false, true), guid(1), false, true, false,
            guid(2), "gk", true, true));
        m.put("acf", new AdmissionConfirm(65535, 0xffffffffL, CallModel.DIRECT,
            TransportAddress.of(InetAddress.getByName("127.0.0.5"), 2944), 65535, vendor,
            List.of(new AliasAddress.DialledDigits("112")), true, new UuiesRequested(0b1_0000_0000_0001)));
        m.put("arj", AdmissionReject.of(1, AdmissionRejectReason.UNALLOCATED_NUMBER));
        m.put("drq", new DisengageRequest(2, "gwc-1", guid(1), 3, DisengageReason.NORMAL_DROP, null, guid(2), null,
            true));
        m.put("dcf", new DisengageConfirm(2, vendor));
        m.put("drj", DisengageReject.of(2, DisengageRejectReason.REQUEST_TO_DROP_OTHER));
        m.put("xrs", new UnknownMessageResponse(9, Octets.of(new byte[] {(byte) 0xff, 0})));
        m.put("rip", RequestInProgress.of(9, 1000));
        return m;
    }

    @Test
    void wiresharkDissectsEveryMessage() throws Exception {
        Tools.require("tshark", "text2pcap");
        final StringBuilder dump = new StringBuilder();
        for (final RasMessage message : messages) {
            final byte[] octets = RasCodec.encode(message);
            for (int i = 0; i < octets.length; i++) {
                dump.append(i % 16 == 0 ? String.format(Locale.ROOT, "%n%06x", i) : "")
                    .append(String.format(Locale.ROOT, " %02x", octets[i]));
            }
            dump.append('\n');
        }
        Files.writeString(folder.resolve("dump.txt"), dump);
        Tools.run(folder, "text2pcap", "-q", "-u", "1719,1719", "dump.txt", "ras.pcap");
        final List<String> kinds = Tools.run(folder, "tshark", "-r", "ras.pcap", "-T", "fields", "-e",
            "h225.RasMessage", "-e", "h225.requestSeqNum");
        assertThat(Tools.run(folder, "tshark", "-r", "ras.pcap", "-Y",
            "_ws.malformed || _ws.expert.severity >= 0x600000")).isEmpty();
        assertThat(kinds).hasSize(messages.size());
        for (int i = 0; i < kinds.size(); i++) {
            final RasMessage message = messages.get(i);
            assertThat(kinds.get(i).strip()).as(message.toString())
                .isEqualTo(message.kind().ordinal() + "\t" + message.requestSeqNum());
        }
    }
}
