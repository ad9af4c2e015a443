// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of the interop suite.
 *
 * @param listening true if we listen and the peer connects
 */
record InteropCase(PeerKind peer, boolean listening, Condition condition) {
    /** All of them. */
    static List<InteropCase> all() {
        final List<InteropCase> all = new ArrayList<>();
        for (final PeerKind peer : PeerKind.values()) {
            for (final boolean listening : new boolean[] {false, true}) {
                for (final Condition condition : Condition.values()) {
                    if (condition.isFor(listening)) {
                        all.add(new InteropCase(peer, listening, condition));
                    }
                }
            }
        }
        return all;
    }

    /** Those that share a guest: same peer, same role. */
    String group() {
        return peer.word() + "-" + (listening ? "listen" : "connect");
    }

    /** Names the case and its files. */
    String name() {
        return group() + "-" + condition.word();
    }

    /** The case of this name. */
    static InteropCase of(final String name) {
        return all().stream().filter(c -> c.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no interop run '" + name + "'"));
    }

    /** In words: who connects to whom, and what happens. */
    @Override
    public String toString() {
        final String them = switch (peer) {
            case USRSCTP -> "usrsctp";
            case KERNEL_UDP -> "kernel SCTP over UDP";
            case KERNEL -> "kernel SCTP";
        };
        final String us = peer == PeerKind.KERNEL ? "our kernel transport" : "our user space";
        return (listening ? them + " connects to " + us : us + " connects to " + them) + ", " + condition.word();
    }
}
