// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.List;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.wire.ErrorCauses;

/**
 * The end of an association, whatever ends it (RFC 9260 section 9): an ABORT tells the peer (section 9.1), and the user
 * hears of it with everything that was not delivered (sections 11.2.5 and 11.2.8).
 */
final class Termination {
    private final Association association;
    private final Shared shared;

    Termination(final Association association, final Shared shared) {
        this.association = association;
        this.shared = shared;
    }

    void abort(final DownCause cause, final byte[] errorCause) {
        abort(cause, errorCause, association.peerTag(), false);
    }

    /** Ends at once; the peer is told, if it is known by which tag. */
    void abort(final DownCause cause, final byte[] errorCause, final int tag, final boolean reflected) {
        if (!association.isClosed() && tag != 0) {
            association.due().abort(errorCause, tag, reflected);
        }
        down(cause);
    }

    /** Association.Max.Retrans was exceeded (section 8.1); the peer is told in case it can hear us. */
    void peerSilent() {
        abort(DownCause.PEER_SILENT, ErrorCauses.saying(ErrorCauses.USER_INITIATED_ABORT, "you are silent"));
    }

    /** The one end of every association. */
    void down(final DownCause cause) {
        if (association.isClosed()) {
            return;
        }
        association.enter(AssociationState.CLOSED);
        association.setup().stop();
        association.shutdown().stop();
        association.paths().stopAll();
        if (association.reset() != null) {
            association.reset().close();
        }
        if (association.inbound() != null) {
            association.inbound().close();
        }
        final List<UndeliveredMessage> undelivered = association.outbound().drain();
        shared.counters().add(SctpCounter.UNDELIVERED, undelivered.size());
        shared.counters().increment(SctpCounter.ASSOCIATIONS_DOWN);
        shared.events().down(association, association.establishment().wasUp() || cause == DownCause.LOCAL_ABORT
            ? cause : DownCause.CONNECT_FAILED, undelivered);
    }
}
