// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.poolswitch.launch.ConfigException;

/** Services of other programs as operators write them. */
class UserTransportTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tcp:10.0.0.5:8080           | TCP 10.0.0.5:8080",
        "UDP:10.0.0.5:53             | UDP 10.0.0.5:53",
        "udp-lite:10.0.0.5:9         | UDP-Lite 10.0.0.5:9",
        "sctp:10.0.0.5+10.1.0.5:2905 | SCTP 10.0.0.5+10.1.0.5:2905",
        "tcp:[fd00::5]:80            | TCP [fd00:0:0:0:0:0:0:5]:80"})
    void whatIsMeantIsRegistered(final String text, final String shown) throws ConfigException {
        assertThat(TransportText.of(UserTransport.parse(text).octets())).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "10.0.0.5:8080          | --user-transport looks like tcp:10.0.0.5:8080",
        "quic:10.0.0.5:8080     | may be of tcp, udp, udp-lite or sctp; not 'quic",
        "tcp:10.0.0.5           | --user-transport needs a port",
        "tcp:fd00::5            | --user-transport needs a port",
        "tcp:host:80            | 'host' is not an IP address",
        "tcp:10.0.0.5:0         | a port is 1 to 65535, not 0",
        "tcp:10.0.0.5+10.0.0.6:80 | only sctp has several addresses"})
    void whatCannotBeIsASentence(final String text, final String sentence) {
        assertThatThrownBy(() -> UserTransport.parse(text)).isInstanceOf(ConfigException.class)
            .hasMessageContaining(sentence);
    }
}
