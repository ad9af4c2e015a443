// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.rserpool.HandlespaceCursor;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;

/** What a registrar knows of another one. */
final class Peer {
    final int id;
    /** Its ENRP port, or null while unknown. */
    SctpAddress address;
    /** Association that we opened, 0 = none; it is usable before it is up. */
    int outgoing;
    boolean outgoingUp;
    /** Newest association that the peer opened and spoke on, 0 = none. */
    int incoming;

    long lastHeardNs;
    long nextPresenceNs;
    /** It was asked for a sign of life: when it counts as dead. */
    long deadNs = Machine.NO_DEADLINE;
    /** Another registrar takes it over: until then we leave it alone. */
    long inactiveUntilNs = Long.MIN_VALUE;
    /** Somebody elsewhere has its identifier: when it was last asked whether it is still where it was. */
    long namesakeNs = Machine.NO_DEADLINE;
    /** When operators were last told of that. */
    long namesakeToldNs = Machine.NO_DEADLINE;
    /** It said PRESENCE in this life of ours. */
    boolean introduced;

    /** Its place in our table, for W = 0 and W = 1, and until when it is kept. */
    final HandlespaceCursor[] cursors = new HandlespaceCursor[2];
    final long[] cursorUntilNs = {Machine.NO_DEADLINE, Machine.NO_DEADLINE};
    /** On which association it asked for the page before. */
    final int[] cursorAssociation = new int[2];

    /** Our download of its table. */
    Download download;
    /** The last page that we asked it for has not come: it may keep a place for us in the middle of its table. */
    boolean placeKept;
    /** Number of its newest resynchronisation; what came since then has it as mark. */
    int round;
    /** A resynchronisation did not help: not again before then. */
    long auditAfterNs = Long.MIN_VALUE;

    Peer(final int id, final SctpAddress address, final long nowNs) {
        this.id = id;
        this.address = address;
        this.lastHeardNs = nowNs;
        this.nextPresenceNs = nowNs;
    }

    boolean isInactive(final long nowNs) {
        return nowNs < inactiveUntilNs;
    }

    void closeCursors() {
        for (int i = 0; i < cursors.length; i++) {
            closeCursor(i);
        }
    }

    void closeCursor(final int i) {
        if (cursors[i] != null) {
            cursors[i].close();
            cursors[i] = null;
        }
        cursorUntilNs[i] = Machine.NO_DEADLINE;
    }
}
