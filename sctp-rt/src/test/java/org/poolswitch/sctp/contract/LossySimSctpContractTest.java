// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import org.poolswitch.sim.LinkQuality;

/** The contract on a bad network: every test of it, with loss, duplicates, reordering and jitter. */
class LossySimSctpContractTest extends SctpContract {
    @Override
    protected Rig newRig() {
        return new SimSctpContractTest.SimRig(new LinkQuality(300_000, 200_000, 0.02, 0.02, 0.05));
    }
}
