// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.perf.micro.CorePair;
import org.poolswitch.sctp.SctpConfig;
import picocli.CommandLine;

/** The benchmark runs and reports; its numbers are nobody's business here. */
class BenchSctpTest {
    @TempDir
    private Path out;

    private int run(final StringWriter errors, final String... arguments) {
        final CommandLine command = new CommandLine(new BenchSctp());
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof ConfigException) {
                errors.write(e.getMessage());
                return 2;
            }
            throw e;
        });
        return command.setErr(new PrintWriter(errors)).execute(arguments);
    }

    @Test
    void aQuickRunLeavesTablesAndPlots() throws Exception {
        final StringWriter errors = new StringWriter();
        assertThat(run(errors, "--quick", "--parts", "echo,packets,soak", "--out", out.toString())).isZero();
        assertThat(Files.readString(out.resolve("sctp.md"))).contains("| SCTP, one at a time |")
            .contains("random packets in 1 s").contains("healthy peers given up").contains("## limits")
            .doesNotContain("could not be measured");
        assertThat(Files.readString(out.resolve("sctp-echo.svg"))).startsWith("<svg").contains("polyline");
    }

    @Test
    void aTransferArrivesWhole() throws Exception {
        final StringWriter errors = new StringWriter();
        assertThat(run(errors, "--quick", "--parts", "throughput", "--out", out.toString())).isZero();
        assertThat(Files.readString(out.resolve("sctp.md"))).contains("| Poolswitch, 128 octets |")
            .contains("| Poolswitch, 1000 octets |");
    }

    @Test
    void wrongOptionsAreToldInASentence() {
        for (final String[] wrong : new String[][] {{"--parts", "speed"}, {"--rounds", "0"}, {"--hours", "0"},
            {"--busy", "-1"}, {"--settings", "RTO.Min=3 apples"}}) {
            final StringWriter errors = new StringWriter();
            assertThat(run(errors, wrong)).as(wrong[0]).isEqualTo(2);
            assertThat(errors.toString()).contains(wrong[0]);
        }
    }

    @Test
    void aSilentPeerIsGivenUpInSimulatedTime() {
        final double milliseconds = new CorePair(SctpConfig.carrier(), 1, 100).cutOff() / 1e6;
        assertThat(milliseconds).isBetween(100.0, 150.0);
    }

    @Test
    void withTheRfcProfileThatTakesMinutesAndMoreMessagesThanAQueueHolds() {
        final double seconds = new CorePair(SctpConfig.rfc(), 1, 100).cutOff() / 1e9;
        assertThat(seconds).isBetween(250.0, 350.0);
    }
}
