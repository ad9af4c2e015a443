// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePortOptionTest {
    private final NodeOptions options = new NodeOptions();

    SourcePortOptionTest() {
        options.transport = "user";
        options.profile = "carrier";
        options.encapsulationPort = 9899;
        options.addresses = List.of("127.0.0.1");
    }

    @Test
    void withoutItEachAssociationHasAPortOfItsOwn() throws ConfigException {
        assertThat(options.sctpConfig(5000).sourcePort()).isZero();
    }

    @Test
    void aNumberIsTakenWhetherOrNotThisNodeListens() throws ConfigException {
        options.sourcePort = "2905";
        assertThat(options.sctpConfig(5000).sourcePort()).isEqualTo(2905);
        assertThat(options.sctpConfig(0).sourcePort()).isEqualTo(2905);
    }

    @Test
    void ownIsEachEndpointsPort() throws ConfigException {
        options.sourcePort = "own";
        assertThat(options.sctpConfig(3863).sourcePort()).isEqualTo(3863);
        assertThat(options.sctpConfig(9901).sourcePort()).isEqualTo(9901);
    }

    @Test
    void whoListensOnNoPortHasNoneOfItsOwn() {
        options.sourcePort = "own";
        assertThatThrownBy(() -> options.sctpConfig(0)).isInstanceOf(ConfigException.class)
            .hasMessage("--source-port: this node listens on no SCTP port, so it has none of its own; give a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "Own", "", "29o5"})
    void whatIsNoPortIsRefused(final String text) {
        options.sourcePort = text;
        assertThatThrownBy(() -> options.sctpConfig(5000)).isInstanceOf(ConfigException.class)
            .hasMessage("--source-port is 1 to 65535 or 'own', not '" + text + "'");
    }

    @Test
    void anotherSettingThatIsWrongIsNotBlamedOnIt() {
        options.sourcePort = "2905";
        options.sctp = List.of("RTO.Min=soon");
        assertThatThrownBy(() -> options.sctpConfig(5000)).isInstanceOf(ConfigException.class)
            .hasMessageStartingWith("--sctp: RTO.Min");
    }

    /** What calls from one of them would get its answers at the other. */
    @ParameterizedTest
    @ValueSource(strings = {"3863", "9901", "4000"})
    void whoListensOnTwoPortsCannotCallFromOne(final String port) {
        options.sourcePort = port;
        assertRefused(port);
        options.sourcePort = null;
        options.sctp = List.of("Source.Port=" + port);
        assertRefused(port);
    }

    private void assertRefused(final String port) {
        assertThatThrownBy(() -> Transport.open(options, 3863, List.of(9901), null))
            .isInstanceOf(ConfigException.class)
            .hasMessage("this node listens on several SCTP ports, which cannot all call from " + port
                + ": '--source-port own' lets each call from its own");
    }
}
