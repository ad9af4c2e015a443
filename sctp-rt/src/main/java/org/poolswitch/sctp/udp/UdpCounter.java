// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import org.poolswitch.observe.CounterDescriptor;

/** What the datagram driver counts. */
public enum UdpCounter implements CounterDescriptor {
    /** Datagrams in. */
    RECEIVED("sctp_udp_received_total", "UDP datagrams received."),
    /** Octets in. */
    RECEIVED_OCTETS("sctp_udp_received_octets_total", "Octets in UDP datagrams received."),
    /** Datagrams out. */
    SENT("sctp_udp_sent_total", "UDP datagrams sent."),
    /** Octets out. */
    SENT_OCTETS("sctp_udp_sent_octets_total", "Octets in UDP datagrams sent."),
    /** Local loss. */
    SEND_DROPPED("sctp_udp_send_dropped_total", "Datagrams dropped because the socket's send buffer was full."),
    /** Local refusal. */
    SEND_FAILED("sctp_udp_send_failed_total", "Datagrams that the operating system refused to send."),
    /** No way to send. */
    NO_PATH("sctp_udp_no_path_total", "Datagrams dropped because no socket leads to their destination."),
    /** A drill. */
    MUTED("sctp_udp_muted_total", "Datagrams dropped in both directions because of a drill."),
    /** ICMP. */
    PORT_UNREACHABLE("sctp_udp_port_unreachable_total", "ICMP port unreachable errors received.");

    private final String id;
    private final String help;

    UdpCounter(final String id, final String help) {
        this.id = id;
        this.help = help;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String help() {
        return help;
    }
}
