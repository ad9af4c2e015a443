// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

/** The contract on real sockets of the loopback interface. */
class UdpSctpContractTest extends SctpContract {
    @Override
    protected Rig newRig() throws Exception {
        return new UdpRig();
    }
}
