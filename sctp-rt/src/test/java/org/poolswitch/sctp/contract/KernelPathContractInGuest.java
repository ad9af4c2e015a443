// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;

/** Two addresses at each end of the kernel's SCTP, inside the guest of {@link KernelContractInGuestTest}. */
class KernelPathContractInGuest extends PathContract {
    @BeforeAll
    static void kernelHasSctp() {
        assumeTrue(KernelSctpEndpoint.isAvailable(), "this kernel opens no SCTP sockets");
    }

    @Override
    protected Rig newRig() throws Exception {
        return new KernelRig();
    }
}
