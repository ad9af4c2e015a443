// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.MalformedException;

/** A transport parameter (RFC 5354 sections 3.3 to 3.8) for people. */
record TransportText(String protocol, int port, boolean control, List<String> hosts) {
    /** @param parameter the whole parameter */
    static TransportText of(final byte[] parameter) {
        try {
            final TransportParameter t = TransportParameter.read(parameter);
            final List<String> hosts = t.type() == ParameterType.OPAQUE_TRANSPORT
                ? List.of(HexFormat.of().formatHex(t.opaque()))
                : t.addresses().stream().map(InetAddress::getHostAddress).toList();
            return new TransportText(name(t.type()), t.port(), t.use() == TransportParameter.DATA_PLUS_CONTROL, hosts);
        } catch (final MalformedException e) {
            return new TransportText("malformed", 0, false, List.of());
        }
    }

    private static String name(final int type) {
        return switch (type) {
            case ParameterType.DCCP_TRANSPORT -> "DCCP";
            case ParameterType.SCTP_TRANSPORT -> "SCTP";
            case ParameterType.TCP_TRANSPORT -> "TCP";
            case ParameterType.UDP_TRANSPORT -> "UDP";
            case ParameterType.UDP_LITE_TRANSPORT -> "UDP-Lite";
            default -> "opaque";
        };
    }

    @Override
    public String toString() {
        final String text = hosts.stream().map(host -> host.indexOf(':') < 0 ? host : "[" + host + "]")
            .collect(Collectors.joining("+"));
        return protocol + " " + text + (port == 0 ? "" : ":" + port)
            + (control ? " with control channel" : "");
    }
}
