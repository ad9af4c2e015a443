// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import org.poolswitch.runtime.Machine;

/** One circuit: its state (Q.764 section 2), its call, and its way to the pool. */
final class Circuit {
    /** Where the circuit's call is. */
    enum State {
        IDLE, WAIT_FIRST, WAIT_ANSWER, ANSWERED, WAIT_RLC
    }

    final int opc;
    final int dpc;
    final int cic;
    State state = State.IDLE;
    final PoolPath path = new PoolPath();
    CallRequest request;
    CallRecord record;
    long deadlineNs = Machine.NO_DEADLINE;
    int releaseTries;
    int releaseCause;
    /** Messages of this kind were seen since the last failover: another one is a double. */
    int failoversAtAcm;
    int failoversAtAnswer;
    boolean heard;
    ReplayCall replay;

    Circuit(final int opc, final int dpc, final int cic) {
        this.opc = opc;
        this.dpc = dpc;
        this.cic = cic;
    }

    boolean isIdle() {
        return state == State.IDLE;
    }
}
