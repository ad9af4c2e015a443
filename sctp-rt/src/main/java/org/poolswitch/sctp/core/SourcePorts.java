// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import org.poolswitch.sctp.SctpAddress;

/** From which SCTP port an association is opened: one that nobody wished for is of the dynamic ones (RFC 6335). */
final class SourcePorts {
    private static final int FIRST_DYNAMIC = 49_152;
    private static final int DYNAMIC = 16_384;
    private static final int MOST = 65_535;

    private final Shared shared;
    private int next;

    SourcePorts(final Shared shared) {
        this.shared = shared;
        this.next = shared.random().nextInt(DYNAMIC);
    }

    /** The dynamic port that is tried next. */
    void startAt(final int port) {
        if (port < FIRST_DYNAMIC || port >= FIRST_DYNAMIC + DYNAMIC) {
            throw new IllegalArgumentException("source ports are " + FIRST_DYNAMIC + " to 65535, not " + port);
        }
        next = port - FIRST_DYNAMIC;
    }

    /** A port that somebody wishes for, or 0 for any. */
    static void check(final int port) {
        if (port < 0 || port > MOST) {
            throw new IllegalArgumentException("source ports are 1 to 65535, not " + port);
        }
    }

    /** The next port without an association with that peer, or 0 if all have one. */
    int free(final SctpAddress remote) {
        for (int i = 0; i < DYNAMIC; i++) {
            final int port = FIRST_DYNAMIC + next;
            next = (next + 1) % DYNAMIC;
            if (!isTaken(remote, port)) {
                return port;
            }
        }
        return 0;
    }

    boolean isTaken(final SctpAddress remote, final int port) {
        for (final InetAddress host : remote.hosts()) {
            if (shared.table().owner(host, remote.port(), port) != null
                || shared.out().isPortTaken(host, remote.port(), port)) {
                return true;
            }
        }
        return false;
    }
}
