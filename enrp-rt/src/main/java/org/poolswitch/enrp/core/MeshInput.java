// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.nio.ByteBuffer;
import org.poolswitch.enrp.wire.EnrpError;
import org.poolswitch.enrp.wire.EnrpMessage;
import org.poolswitch.enrp.wire.EnrpReader;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.runtime.AssociationLimit;
import org.poolswitch.runtime.MalformedException;

/** Reads what registrars say: what cannot be read is counted, and reported where its sender wants that. */
final class MeshInput {
    private static final int MOST_REPORTED = 1024;

    private final MeshShared shared;
    private final AssociationLimit errors;
    private final AssociationLimit tables;
    private final EnrpReader reader = new EnrpReader();

    MeshInput(final MeshShared shared, final RateLimits rates) {
        this.shared = shared;
        errors = new AssociationLimit(rates.errors());
        tables = new AssociationLimit(rates.tables());
    }

    void onDown(final int association) {
        errors.forget(association);
        tables.forget(association);
    }

    /** @return what came on an association, or null if it is nothing to act on */
    EnrpMessage read(final int association, final int ppid, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        if (ppid != EnrpType.PPID) {
            shared.count(EnrpCounter.WRONG_PPID);
            return null;
        }
        final ByteBuffer message = ByteBuffer.wrap(buffer, offset, length).slice();
        EnrpMessage read = null;
        try {
            read = reader.read(message);
            if (read == null) {
                shared.count(EnrpCounter.UNRECOGNIZED);
            }
        } catch (final MalformedException e) {
            shared.count(EnrpCounter.MALFORMED);
        }
        report(association, message, read, nowNs);
        return read;
    }

    /** @return the PRESENCE that came by multicast, or null: nothing else does, and nothing is reported there */
    Presence readMulticast(final ByteBuffer message) {
        try {
            return reader.read(message) instanceof Presence presence ? presence : null;
        } catch (final MalformedException e) {
            shared.count(EnrpCounter.MALFORMED);
            return null;
        }
    }

    /** RFC 5353 section 2 and RFC 5354 section 3: what types' high bits want reported. */
    private void report(final int association, final ByteBuffer message, final EnrpMessage read, final long nowNs) {
        if (!reader.hasHeader() || reader.type() == EnrpType.ERROR) {
            return;
        }
        if (!reader.unrecognized().isEmpty()) {
            error(association, OperationError.unrecognizedParameters(reader.unrecognized()), nowNs);
        } else if (read == null && (reader.type() & 0xc0) == 0x40) {
            final byte[] whole = new byte[Math.min(message.limit(), MOST_REPORTED)];
            message.get(0, whole);
            error(association, OperationError.of(ErrorCause.UNRECOGNIZED_MESSAGE, whole), nowNs);
        }
    }

    /** An ERROR quotes what it is about: who sends much of that would be sent as much. */
    private void error(final int association, final OperationError error, final long nowNs) {
        if (error != null && mayComplain(association, nowNs)) {
            shared.links().answer(association, new EnrpError(shared.serverId(), reader.sender(), error), nowNs);
        }
    }

    /** Whether a peer may be told that its message is of no use: ERROR, or PRESENCE to one that we do not know. */
    boolean mayComplain(final int association, final long nowNs) {
        return may(errors, EnrpCounter.ERRORS_LIMITED, association, nowNs);
    }

    /** Whether a stranger may ask for our table or list now: a page is a thousand times longer than its question. */
    boolean mayLook(final int association, final long nowNs) {
        return may(tables, EnrpCounter.TABLES_LIMITED, association, nowNs);
    }

    private boolean may(final AssociationLimit limit, final EnrpCounter otherwise, final int association,
        final long nowNs) {
        final boolean may = limit.take(association, nowNs);
        if (!may) {
            shared.count(otherwise);
        }
        return may;
    }
}
