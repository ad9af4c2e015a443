// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * Opens associations (the ASSOCIATE primitive, RFC 9260 section 11.1.2), if there is room for one more and a port that
 * it can come from.
 */
final class Opener {
    private final Shared shared;
    private final SctpConfig config;
    private final EndpointOutput output;
    private final SourcePorts ports;

    Opener(final Shared shared, final EndpointOutput output, final SourcePorts ports) {
        this.shared = shared;
        this.config = shared.config();
        this.output = output;
        this.ports = ports;
    }

    /** See {@link SctpEndpoint#connect}. */
    int connect(final SctpAddress remote, final int localPort, final long nowNs) {
        if (localPort != 0) {
            forgetEnded(remote, localPort, nowNs);
            if (ports.isTaken(remote, localPort)) {
                shared.counters().increment(SctpCounter.REFUSED_IN_USE);
                return SctpEndpoint.CONNECT_IN_USE;
            }
        }
        final AssociationTable table = shared.table();
        final int port = table.size() >= config.maxAssociations() ? 0 : localPort != 0 ? localPort : ports.free(remote);
        if (port == 0) {
            shared.counters().increment(SctpCounter.REFUSED_FULL);
            return SctpEndpoint.CONNECT_FULL;
        }
        final Association a = new Association(table.nextId(), shared, port, remote.port(), false, shared.newTag(),
            shared.random().nextInt());
        for (final InetAddress host : remote.hosts()) {
            a.addresses().add(host, remote.encapsulationPort(), PathState.ACTIVE, nowNs);
        }
        if (a.paths().all().length == 0) {
            shared.counters().increment(SctpCounter.REFUSED_FULL);
            return SctpEndpoint.CONNECT_FULL;
        }
        table.add(a);
        a.setup().start(nowNs);
        shared.agenda().touch(a);
        return a.id();
    }

    /** An association that is over and only waits for the next flush holds no port. */
    private void forgetEnded(final SctpAddress remote, final int localPort, final long nowNs) {
        for (final InetAddress host : remote.hosts()) {
            final Association a = shared.table().byAddress(host, remote.port(), localPort);
            if (a != null && a.isClosed()) {
                output.lastWord(a, nowNs);
            }
        }
    }

    /** See {@link SctpEndpoint#associationWith}. */
    int associationWith(final SctpAddress remote) {
        for (final InetAddress host : remote.hosts()) {
            final Association a = config.sourcePort() == 0 ? null
                : shared.table().owner(host, remote.port(), config.sourcePort());
            if (a != null && !a.isClosed()) {
                return a.id();
            }
        }
        return 0;
    }
}
