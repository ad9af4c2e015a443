// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.util.Locale;

/** The independent peers, each with the transport of ours that it is for. */
enum PeerKind {
    /** usrsctp over UDP with our SCTP in user space. */
    USRSCTP("usrsctp-peer", true),
    /** The Linux kernel's SCTP over UDP (RFC 6951) with our SCTP in user space. */
    KERNEL_UDP("kernel-peer", true),
    /** The Linux kernel's SCTP straight over IP with our kernel transport. */
    KERNEL("kernel-peer", false);

    private final String program;
    private final boolean overUdp;

    PeerKind(final String program, final boolean overUdp) {
        this.program = program;
        this.overUdp = overUdp;
    }

    /** Its source is {@code perf/rig/PROGRAM.c}. */
    String program() {
        return program;
    }

    boolean overUdp() {
        return overUdp;
    }

    /** As the command line says it: {@code kernel-udp}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
