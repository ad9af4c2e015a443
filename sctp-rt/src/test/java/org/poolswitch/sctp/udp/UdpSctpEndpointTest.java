// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** What the datagram driver does beyond the contract. */
class UdpSctpEndpointTest extends OnUdpLoop {
    @Test
    void aPortInUseIsToldInWords() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(host, 0))) {
            assertThatThrownBy(() -> open(host, taken.getLocalPort(), true)).isInstanceOf(BindException.class)
                .hasMessage("UDP port " + taken.getLocalPort() + " of 127.0.0.1 is in use; is another node running on "
                    + "this address?");
            // who does not listen takes no fixed port
            assertThat(open(host, taken.getLocalPort(), false).localAddress().port()).isEqualTo(2905);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsToldInWords() throws Exception {
        final InetAddress foreign = InetAddress.getByName("192.0.2.7");
        assertThatThrownBy(() -> open(foreign, 9899, true)).isInstanceOf(BindException.class)
            .hasMessage("192.0.2.7 is not an address of this machine");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> UdpConfig.withPort(0)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> new UdpConfig(1, 1000, 2000, 1, 1, 1, 1, 0))
            .isInstanceOf(IllegalArgumentException.class);
    }
}
