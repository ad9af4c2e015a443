// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.core.SctpEndpointCore;

/**
 * The SCTP ports behind one UDP port: RFC 6951 section 4 gives a host one UDP port for all of them, so whoever shares
 * it looks at the SCTP header (RFC 9260 section 3.1) to see whose a packet is.
 *
 * <pre>
 *  source port (2) | destination port (2) | verification tag (4) | checksum (4) | chunks
 * </pre>
 */
public final class SctpPorts {
    private final List<SctpEndpointCore> cores = new ArrayList<>();

    /** Adds a port. The first one answers for what belongs to none of them. */
    public void add(final SctpEndpointCore core) {
        if (cores.stream().anyMatch(c -> c.localAddress().port() == core.localAddress().port())) {
            throw new IllegalArgumentException("SCTP port " + core.localAddress().port() + " is taken");
        }
        cores.add(core);
    }

    /** Takes a port away. */
    public void remove(final SctpEndpointCore core) {
        cores.remove(core);
    }

    /** All of them, the first added first. */
    public List<SctpEndpointCore> all() {
        return cores;
    }

    /** Whether packets from there to this SCTP port would be given to another core than this one. */
    public boolean isTaken(final SctpEndpointCore asking, final InetAddress host, final int remotePort,
        final int localPort) {
        return cores.stream().anyMatch(core -> core != asking
            && (core.localAddress().port() == localPort || core.hasAssociation(host, remotePort, localPort)));
    }

    /**
     * Whose packet this is.
     *
     * @param from the address it came from
     */
    public SctpEndpointCore of(final InetAddress from, final byte[] b, final int offset, final int length) {
        final SctpEndpointCore first = cores.get(0);
        if (cores.size() == 1 || length < 4) {
            return first;
        }
        final int destination = (b[offset + 2] & 0xff) << 8 | b[offset + 3] & 0xff;
        for (final SctpEndpointCore core : cores) {
            if (core.localAddress().port() == destination) {
                return core;
            }
        }
        // an association opened from here has a port of its own (49152 and up), which both may use towards others
        final int source = (b[offset] & 0xff) << 8 | b[offset + 1] & 0xff;
        for (final SctpEndpointCore core : cores) {
            if (core.hasAssociation(from, source, destination)) {
                return core;
            }
        }
        return first;
    }
}
