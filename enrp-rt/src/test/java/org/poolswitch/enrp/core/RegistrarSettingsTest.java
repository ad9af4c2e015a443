// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

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

/** {@code --enrp}: settings by name, complaints in sentences, and a document that tells the truth. */
class RegistrarSettingsTest {
    private static final long MS = 1_000_000L;
    private static final EnrpTimers PEERS = EnrpTimers.carrier();
    private static final RegistrarConfig ELEMENTS = RegistrarConfig.carrier();

    @Test
    void eachSettingFindsItsPlace() {
        final String text = "peer-heartbeat-cycle=200ms, MAX-TIME-LAST-HEARD=2s,Peers.Max=7,Reported.Timeout=50ms,"
            + "Subscriptions.Max=9,MAX-BAD-PE-REPORT=5";
        final EnrpTimers peers = RegistrarSettings.apply(PEERS, text);
        final RegistrarConfig elements = RegistrarSettings.apply(ELEMENTS, text);
        assertThat(peers.heartbeatCycleNs()).isEqualTo(200 * MS);
        assertThat(peers.maxTimeLastHeardNs()).isEqualTo(2_000 * MS);
        assertThat(peers.maxPeers()).isEqualTo(7);
        assertThat(elements.reportedTimeoutNs()).isEqualTo(50 * MS);
        assertThat(elements.subscriptions().maxTotal()).isEqualTo(9);
        assertThat(elements.maxBadPeReport()).isEqualTo(5);
        assertThat(RegistrarSettings.apply(PEERS, "")).isEqualTo(PEERS);
        assertThat(RegistrarSettings.apply(ELEMENTS, "")).isEqualTo(ELEMENTS);
    }

    @Test
    void whatIsDescribedCanBeReadBack() {
        final String all = String.join(",", RegistrarSettings.describe(EnrpTimers.rfc(), RegistrarConfig.rfc()));
        assertThat(RegistrarSettings.apply(PEERS, all)).isEqualTo(EnrpTimers.rfc());
        assertThat(ElementTimers.of(RegistrarSettings.apply(ELEMENTS, all)))
            .isEqualTo(ElementTimers.of(RegistrarConfig.rfc()));
        assertThat(new HashSet<>(RegistrarSettings.names())).hasSameSizeAs(RegistrarSettings.names());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "HEARTBEAT=20ms                  | there is no ENRP setting 'HEARTBEAT'; there are PEER-HEARTBEAT-CYCLE,",
        "PEER-HEARTBEAT-CYCLE=20         | is a time such as 30ms",
        "PEER-HEARTBEAT-CYCLE            | looks like PEER-HEARTBEAT-CYCLE=200ms",
        "PEER-HEARTBEAT-CYCLE=300ms      | MAX-TIME-LAST-HEARD must be longer than PEER-HEARTBEAT-CYCLE",
        "MAX-TIME-NO-RESPONSE=10us       | MAX-TIME-NO-RESPONSE is 1 ms or more",
        "Peers.Max=0                     | Peers.Max is 1 to 1000, not 0",
        "Table.Octets=100                | Table.Octets 1200 to 60000",
        "Reported.Timeout=1s             | Reported.Timeout is more than 0 and at most Keep.Alive.Timeout",
        "Keep.Alive.Timeout=2s           | Keep.Alive.Interval must be longer than Keep.Alive.Timeout",
        "MAX-BAD-PE-REPORT=0             | MAX-BAD-PE-REPORT is 1 or more",
        "Home.Timeout=0ms                | must have 1 ms or more",
        "Elements.Per.Pass=0             | Elements.Per.Pass is 1 or more",
        "Elements.Per.Association=0      | Elements.Per.Association is 1 or more",
        "Pool.Handle.Octets=1025         | Pool.Handle.Octets is 1 to 1024, not 1025",
        "Download.Timeout=0ms            | Download.Timeout is 1 ms or more",
        "Reported.Foreign.Max=0          | 1 to 100000 reported elements",
        "Subscriptions.Max=-1            | Subscriptions.Max is a whole number"})
    void whatCannotWorkIsRefusedWithASentence(final String text, final String sentence) {
        assertThatThrownBy(() -> {
            RegistrarSettings.apply(PEERS, text);
            RegistrarSettings.apply(ELEMENTS, text);
        }).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
    }

    @Test
    void theDocumentedTableIsTheTruth() throws Exception {
        final List<String> here = RegistrarSettings.describe(PEERS, ELEMENTS);
        final List<String> there = RegistrarSettings.describe(EnrpTimers.rfc(), RegistrarConfig.rfc());
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            final int equals = here.get(i).indexOf('=');
            expected.add("| `" + here.get(i).substring(0, equals) + "` | " + here.get(i).substring(equals + 1) + " | "
                + there.get(i).substring(equals + 1) + " |");
        }
        final List<String> documented = Files.readAllLines(Path.of("..", "docs", "enrp.md")).stream()
            .filter(line -> line.startsWith("| `") && !line.startsWith("| `--") && line.split(" \\| ").length == 4)
            .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1)).toList();
        assertThat(documented).isEqualTo(expected);
    }
}
