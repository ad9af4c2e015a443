// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import org.poolswitch.sim.LinkQuality;

/** Two paths that lose packets. */
class LossySimPathContractTest extends PathContract {
    @Override
    protected Rig newRig() throws Exception {
        return new SimSctpContractTest.SimRig(LinkQuality.LAN.withLoss(0.05));
    }
}
