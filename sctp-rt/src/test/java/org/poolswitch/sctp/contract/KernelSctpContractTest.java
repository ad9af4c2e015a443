// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.kernel.KernelConfig;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;

/**
 * The contract on the kernel's SCTP. Many kernels have none; {@link KernelContractInGuestTest} runs this class
 * inside a guest that has.
 */
class KernelSctpContractTest extends SctpContract {
    /** Set inside the guest, where this class may break the loopback interface. */
    static final String IN_GUEST = "POOLSWITCH_IN_GUEST";

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(20_000);

    @BeforeAll
    static void kernelHasSctp() {
        assumeTrue(KernelSctpEndpoint.isAvailable(), "this kernel opens no SCTP sockets");
    }

    @Override
    protected Rig newRig() throws Exception {
        return new KernelRig();
    }

    private static final class KernelRig extends LoopRig {
        private final InetAddress host = InetAddress.getLoopbackAddress();
        private boolean broken;

        private TestPeer open(final String name, final boolean listening) throws Exception {
            return start(name, shard -> KernelSctpEndpoint.open(shard, KernelConfig.defaults(),
                SctpAddress.of(host, NEXT_PORT.getAndIncrement(), 0), listening));
        }

        @Override
        public TestPeer listener() throws Exception {
            return open("listener", true);
        }

        @Override
        public TestPeer client() throws Exception {
            return open("client", false);
        }

        @Override
        public SctpAddress nobody() {
            return SctpAddress.of(host, NEXT_PORT.getAndIncrement(), 0);
        }

        @Override
        public boolean canKill() {
            return System.getenv(IN_GUEST) != null;
        }

        /** A process that dies says goodbye through its kernel; only a silent network does not. */
        @Override
        public void kill(final TestPeer peer) throws Exception {
            netem("add");
            broken = true;
        }

        private static void netem(final String verb) throws IOException, InterruptedException {
            final int status = new ProcessBuilder("tc", "qdisc", verb, "dev", "lo", "root", "netem", "loss", "100%")
                .inheritIO().start().waitFor();
            if (status != 0) {
                throw new IOException("tc ended with " + status);
            }
        }

        @Override
        public void close() throws Exception {
            if (broken) {
                netem("del");
            }
            super.close();
        }
    }
}
