// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.DownCause;

/**
 * ICMP port unreachable (RFC 9260 section 10, which leaves it to the implementation how much of it is believed). It may
 * be forged or old, so it only starts a probe; a second one for that probe, with nothing heard between, is believed.
 */
final class IcmpHints {
    private final Shared shared;
    private final Timers timers;

    IcmpHints(final Shared shared, final Timers timers) {
        this.shared = shared;
        this.timers = timers;
    }

    /** It came back for something that one of the endpoint's associations sent there. */
    void onPortUnreachable(final InetAddress host, final int udpPort, final long nowNs) {
        shared.counters().increment(SctpCounter.PORT_UNREACHABLE_HINTS);
        for (final Association a : shared.table().all()) {
            final Path path = a.paths().find(host);
            if (path != null && path.udpPort == udpPort && !a.isClosed()) {
                timers.catchUp(a, nowNs);
                onPortUnreachable(a, path, nowNs);
                shared.agenda().touch(a);
            }
        }
    }

    private void onPortUnreachable(final Association a, final Path path, final long nowNs) {
        if (a.state().isSettingUp()) {
            onNobodyToSetUpWith(a, path, nowNs);
        } else if (path.hintNs == Machine.NO_DEADLINE || path.remotePort.heardNs() > path.hintNs) {
            // the first one, or its process answered others since
            path.hintNs = nowNs;
            path.doubtful = true;
            // if its process is gone, all its addresses are
            a.heartbeats().askAll();
        } else if (!path.heartbeatDue && isProof(path, nowNs)) {
            a.paths().unreachable(path);
            if (a.paths().allUnreachable()) {
                // after its SHUTDOWN and all of ours: its process ended in good order, a SHUTDOWN COMPLETE was lost
                a.termination().down(a.state() == AssociationState.SHUTDOWN_ACK_SENT
                    ? DownCause.SHUTDOWN : DownCause.PEER_UNREACHABLE);
            }
        }
    }

    /**
     * Behind a translator that gave the peer another port before (RFC 6951 section 5.4) the one that we know may be
     * closed again, and the peer is only heard from the next one when it speaks: it is given time to do so.
     */
    private boolean isProof(final Path path, final long nowNs) {
        return !path.hasMoved
            || nowNs - path.hintNs >= Math.max(shared.config().leastSilenceNs(), shared.config().rtoInitialNs());
    }

    private static void onNobodyToSetUpWith(final Association a, final Path path, final long nowNs) {
        final boolean first = path.hintNs == Machine.NO_DEADLINE;
        path.hintNs = nowNs;
        if (a.paths().allHinted()) {
            a.termination().down(DownCause.CONNECT_FAILED);
        } else if (first && path == a.setup().path()) {
            a.setup().tryNextAddress();
        }
    }
}
