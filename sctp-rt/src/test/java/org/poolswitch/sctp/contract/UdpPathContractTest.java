// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

/** Two paths on real sockets of the loopback interface. */
class UdpPathContractTest extends PathContract {
    @Override
    protected Rig newRig() throws Exception {
        return new UdpRig();
    }
}
