// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings by name, complaints in sentences, and a document that tells the truth. */
class AsapSettingsTest {
    private static final long MS = 1_000_000L;
    private final AsapConfig carrier = AsapConfig.carrier(List.of(), null, 9899);
    private final AsapConfig rfc = AsapConfig.rfc(List.of(), null, 9899);

    @Test
    void eachKindOfSettingFindsItsPlace() {
        final AsapConfig config = carrier.with("t1-enrprequest=100ms, RETRAN-MAX=3s,Queue.Messages=7,Subscribe=off,"
            + "Dead.After=300ms");
        assertThat(config.timers().t1RequestNs()).isEqualTo(100 * MS);
        assertThat(config.timers().retranMaxNs()).isEqualTo(3_000 * MS);
        assertThat(config.bounds().queueMessages()).isEqualTo(7);
        assertThat(config.choices().subscribe()).isFalse();
        assertThat(config.suspicion().deadAfterNs()).isEqualTo(300 * MS);
        assertThat(carrier.with("")).isEqualTo(carrier);
    }

    @Test
    void whatIsDescribedCanBeReadBack() {
        assertThat(carrier.with(String.join(",", AsapSettings.describe(rfc)))).isEqualTo(rfc);
    }

    @Test
    void everyNameIsUsedOnce() {
        assertThat(new HashSet<>(AsapSettings.names())).hasSameSizeAs(AsapSettings.names());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "T1=20ms                           | there is no ASAP setting 'T1'",
        "T1-ENRPrequest=20                 | is a time such as 30ms",
        "T1-ENRPrequest                    | looks like T1-ENRPrequest=250ms",
        "Subscribe=yes                     | Subscribe is on or off, not 'yes'",
        "MAX-REG-ATTEMPT=0                 | MAX-REG-ATTEMPT at least 1",
        "T7-ENRPoutdate=1s                 | must outlast two T6-Serverannounce",
        "Hedge.After=1s                    | Hedge.After must be shorter than T1-ENRPrequest",
        "Registration.Life=5s              | must outlast T4-reregistration",
        "RETRAN-MAX=10ms                   | RETRAN-MAX must be at least Hunt.Pause and T5-Serverhunt",
        "Dead.After=900ms,Queue.Age=500ms,Failover.Age=600ms | Dead.After is longer than Queue.Age",
        "Hunt.At.Once=0                    | huntAtOnce is at least 1"})
    void whatCannotWorkIsRefusedWithASentence(final String text, final String sentence) {
        assertThatThrownBy(() -> carrier.with(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(sentence);
    }

    @Test
    void theDocumentedTableIsTheTruth() throws Exception {
        final List<String> here = AsapSettings.describe(carrier);
        final List<String> there = AsapSettings.describe(rfc);
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            final int equals = here.get(i).indexOf('=');
            expected.add("| `" + here.get(i).substring(0, equals) + "` | " + here.get(i).substring(equals + 1) + " | "
                + there.get(i).substring(equals + 1) + " |");
        }
        final List<String> documented = Files.readAllLines(Path.of("..", "docs", "asap.md")).stream()
            .filter(line -> line.startsWith("| `") && line.split(" \\| ").length == 4)
            .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1)).toList();
        assertThat(documented).isEqualTo(expected);
    }
}
