// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/** What the datagram driver does beyond the contract. */
class UdpSctpEndpointTest {
    private final InetAddress host = InetAddress.getLoopbackAddress();
    private final EventLoopShard shard =
        EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "udp");

    @AfterEach
    void close() {
        shard.close();
    }

    private UdpSctpEndpoint open(final InetAddress at, final int port, final boolean listening) throws Exception {
        return UdpSctpEndpoint.open(shard, UdpConfig.withPort(port), SctpConfig.carrier(),
            SctpAddress.of(at, 2905, port), listening, new SecureRandom(), PacketTap.NONE);
    }

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
