// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.DataChunk;
import org.poolswitch.sctp.wire.ErrorCauses;

/**
 * The chunks of user data transfer (RFC 9260 section 6), in the states in which they count: what they mean for the
 * data is up to {@link Inbound} and {@link Outbound}, what they mean for the association is said here.
 */
final class UserData {
    private UserData() {
    }

    static void onData(final Association a, final byte[] b, final int at, final int length, final long nowNs)
        throws MalformedException {
        if (length < DataChunk.HEADER) {
            throw new MalformedException("DATA is too short");
        }
        if (!a.state().acceptsData()) {
            return;
        }
        if (length == DataChunk.HEADER) {
            // section 6.2: the sender of DATA without user data is told so by an ABORT
            final byte[] tsn = new byte[4];
            Bytes.put32(tsn, 0, DataChunk.tsn(b, at));
            a.termination().abort(DownCause.PROTOCOL_VIOLATION,
                ErrorCauses.quoting(ErrorCauses.NO_USER_DATA, tsn, 0, 4));
        } else if (!a.inbound().onData(b, at, length)) {
            a.termination().abort(DownCause.PROTOCOL_VIOLATION,
                ErrorCauses.saying(ErrorCauses.PROTOCOL_VIOLATION, "fragments that do not belong together"));
        } else if (a.inbound().isGreedy()) {
            a.termination().abort(DownCause.LOCAL_ABORT, ErrorCauses.plain(ErrorCauses.OUT_OF_RESOURCE));
        } else if (a.state() == AssociationState.SHUTDOWN_SENT) {
            a.shutdown().onData(nowNs);
        }
    }

    static void onForwardTsn(final Association a, final byte[] b, final int at, final int length, final long nowNs)
        throws MalformedException {
        if (a.state().acceptsData()) {
            a.inbound().onForwardTsn(b, at, length);
            a.shutdown().onData(nowNs);
        }
    }

    static void onSack(final Association a, final byte[] b, final int at, final int length, final long nowNs)
        throws MalformedException {
        if (!a.state().carriesData()) {
            return;
        }
        if (!a.outbound().onSack(b, at, length, nowNs)) {
            // section 12.4: whoever acknowledges at random could have us send as fast as we can, to whomever
            a.termination().abort(DownCause.PROTOCOL_VIOLATION,
                ErrorCauses.saying(ErrorCauses.PROTOCOL_VIOLATION, "acknowledged before it was sent"));
        } else if (a.state() != AssociationState.ESTABLISHED) {
            a.shutdown().progress(nowNs);
        }
    }
}
