// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.observe.PcapTap;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.perf.Peers;
import org.poolswitch.sim.FaultPlan;
import org.poolswitch.sim.FaultPlan.Fault;
import org.poolswitch.sim.FaultPlan.Kind;

/** Every packet of calls that live through a kill and a pause, judged by tshark. */
class WireTest {
    private static final long MS = 1_000_000L;

    @TempDir
    private Path folder;

    @Test
    void tsharkUnderstandsEveryPacket() throws Exception {
        Peers.need("tshark", "tshark");
        final Path pcap = folder.resolve("calls.pcap");
        final CallWorld calls = new CallWorld(11, 0.01, 120, 80);
        try (PcapWriter writer = PcapWriter.create(pcap, 1L << 28)) {
            calls.world().network().setTap(new PcapTap(writer, false));
            final long now = calls.world().nowNs();
            calls.with(new FaultPlan(List.of(new Fault(Kind.KILL, now + 600 * MS, 300 * MS, "gwc1", null),
                new Fault(Kind.KILL, now + 800 * MS, 300 * MS, "gk1", null),
                new Fault(Kind.PAUSE, now + 1_200 * MS, 500 * MS, "gwc2", null)))).run(30_000 * MS);
        }
        assertThat(calls.complaints()).isEmpty();
        assertThat(tshark(pcap, "_ws.malformed || _ws.expert.severity >= 0x600000")).isEmpty();
        assertThat(tshark(pcap, "!(sctp.checksum.status == 1)")).as("packets without a good CRC32c").isEmpty();
        for (final String protocol : List.of("asap.message_type == 1", "asap.message_type == 5",
            "asap.message_type == 9",
            "asap.message_type == 11", "asap.message_type == 12", "m3ua", "isup.message_type == 1",
                "isup.message_type == 16",
            "h225.admissionRequest_element", "h225.disengageConfirm_element", "megaco", "sctp.chunk_type == 10")) {
            assertThat(tshark(pcap, protocol)).as(protocol).isNotEmpty();
        }
    }

    /** One line per packet that the display filter lets through. */
    private List<String> tshark(final Path pcap, final String filter) throws IOException, InterruptedException {
        final Path lua = Path.of(System.getProperty("basedir", ""), "..", "docs", "wireshark", "poolswitch.lua");
        final List<String> command = new ArrayList<>(List.of("tshark", "-X", "lua_script:" + lua, "-o",
            "sctp.checksum:CRC 32c", "-d", "udp.port==9899,sctp", "-r", pcap.toString(), "-Y", filter));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("tshark with filter %s", filter).isZero();
        return out.isBlank() ? List.of() : List.of(out.split("\n"));
    }
}
