// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;

/**
 * The contract on the kernel's SCTP. Many kernels have none; {@link KernelContractInGuestTest} runs this class
 * inside a guest that has.
 */
class KernelSctpContractTest extends SctpContract {
    @BeforeAll
    static void kernelHasSctp() {
        assumeTrue(KernelSctpEndpoint.isAvailable(), "this kernel opens no SCTP sockets");
    }

    @Override
    protected Rig newRig() throws Exception {
        return new KernelRig();
    }
}
