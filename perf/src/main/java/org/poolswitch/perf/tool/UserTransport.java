// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.util.Locale;
import org.poolswitch.launch.AddressText;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.SctpAddress;

/** A User Transport as operators write it, {@code tcp:10.0.0.5:8080}: a service of another program. */
final class UserTransport {
    private static final String OPTION = "--user-transport";

    private UserTransport() {
    }

    /** @throws ConfigException with a sentence */
    static TransportParameter parse(final String text) throws ConfigException {
        final int colon = text.indexOf(':');
        final String protocol = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!protocol.matches("tcp|udp|udp-lite|sctp")) {
            throw new ConfigException(OPTION + " looks like tcp:10.0.0.5:8080, and may be of tcp, udp, udp-lite or "
                + "sctp; not '" + text + "'");
        }
        final String where = text.substring(colon + 1);
        if (!where.matches("[^:]+:[0-9]+|.+]:[0-9]+")) {
            throw new ConfigException(OPTION + " needs a port, as tcp:10.0.0.5:8080 or tcp:[fd00::5]:8080: '" + text
                + "'");
        }
        final SctpAddress address = AddressText.peer(OPTION, where, 1, 0);
        if (protocol.equals("sctp")) {
            return TransportParameter.sctp(address.port(), TransportParameter.DATA_ONLY, address.hosts());
        }
        if (address.hosts().size() > 1) {
            throw new ConfigException(OPTION + ": only sctp has several addresses (RFC 5354 section 3.4): '" + text
                + "'");
        }
        return TransportParameter.of(switch (protocol) {
            case "tcp" -> ParameterType.TCP_TRANSPORT;
            case "udp" -> ParameterType.UDP_TRANSPORT;
            default -> ParameterType.UDP_LITE_TRANSPORT;
        }, address.port(), address.host());
    }
}
