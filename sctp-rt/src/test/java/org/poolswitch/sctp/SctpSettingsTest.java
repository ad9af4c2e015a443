// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings as operators write them. */
class SctpSettingsTest {
    private static final long MS = 1_000_000L;

    @Test
    void namesAreTheStandardsAndUnitsAreUnderstood() {
        final SctpConfig config = SctpSettings.apply(SctpConfig.carrier(),
            "RTO.Min=20ms, rto.max=1s,Path.Max.Retrans=3,Tail.Loss.Probe=7500us");
        assertThat(config.rtoMinNs()).isEqualTo(20 * MS);
        assertThat(config.rtoMaxNs()).isEqualTo(1_000 * MS);
        assertThat(config.pathMaxRetrans()).isEqualTo(3);
        assertThat(config.tailLossProbeNs()).isEqualTo(7_500_000L);
        assertThat(SctpSettings.apply(SctpConfig.rfc(), "")).isEqualTo(SctpConfig.rfc());
    }

    @Test
    void whatIsDescribedCanBeReadBack() {
        assertThat(SctpSettings.apply(SctpConfig.carrier(), String.join(",", SctpSettings.describe(SctpConfig.rfc()))))
            .isEqualTo(SctpConfig.rfc());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "RTO.Mni=20ms                  | there is no SCTP setting 'RTO.Mni'",
        "RTO.Min=20                    | RTO.Min is a time such as 30ms",
        "RTO.Min                       | looks like RTO.Min=30ms",
        "Max.Burst=many                | Max.Burst is a whole number",
        "Send.Buffer=99999999999       | cannot be as large",
        "RTO.Min=500ms                 | RTO.Min <= RTO.Initial <= RTO.Max must hold",
        "SACK.Delay=40ms               | SACK.Delay must be shorter than RTO.Min",
        "Tail.Loss.Probe=4ms           | Tail.Loss.Probe must be longer than SACK.Delay",
        "Association.Max.Retrans=1     | would end the association before its path",
        "Path.MTU=100                  | Path.MTU must be 512 to 65000",
        "Message.Max=9000000           | the send buffer must hold the longest message",
        "Valid.Cookie.Life=50ms        | would refuse every peer that has to repeat its COOKIE ECHO",
        "Shutdown.Guard=100ms          | would end a shutdown before anything is repeated",
        "Message.Max=100,Receive.Buffer=1000 | is a window that every peer refuses",
        "Send.Buffer=2000000000,Send.Total=2000000000 | are at most 1 GiB",
        "HB.Port.Burst=0               | HB.Port.Burst must be 1 or more",
        "HB.Port.Interval=11ms         | wait minutes for their turn",
        "HB.Pause.Interval=1s          | wait minutes for their turn",
        "Receive.Gap.Max=1000          | must be a power of two"})
    void whatCannotWorkIsRefusedWithASentence(final String text, final String sentence) {
        assertThatThrownBy(() -> SctpSettings.apply(SctpConfig.carrier(), text))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
    }

    @Test
    void theDocumentedTableIsTheTruth() throws Exception {
        final List<String> carrier = SctpSettings.describe(SctpConfig.carrier());
        final List<String> rfc = SctpSettings.describe(SctpConfig.rfc());
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < carrier.size(); i++) {
            final int equals = carrier.get(i).indexOf('=');
            expected.add("| `" + carrier.get(i).substring(0, equals) + "` | " + carrier.get(i).substring(equals + 1)
                + " | " + rfc.get(i).substring(equals + 1) + " |");
        }
        final List<String> documented = Files.readAllLines(Path.of("..", "docs", "sctp.md")).stream()
            .filter(line -> line.startsWith("| `")).map(line -> line.substring(0, line.indexOf('|',
                line.indexOf('|', line.indexOf('|', 1) + 1) + 1) + 1)).toList();
        assertThat(documented).isEqualTo(expected);
    }
}
