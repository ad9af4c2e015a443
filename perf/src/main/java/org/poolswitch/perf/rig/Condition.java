// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.util.Locale;

/** What happens to a run: to every packet of it, or once in its middle. */
enum Condition {
    /** Nothing. */
    CLEAN(""),
    /** One packet in a hundred is lost, both ways. */
    LOSS_1("loss 1%"),
    /** One packet in twenty is lost, both ways. */
    LOSS_5("loss 5%"),
    /** One packet in four overtakes those of the last millisecond. */
    REORDER("delay 1ms reorder 25% 50%"),
    /** One packet in ten comes twice. */
    DUPLICATE("duplicate 10%"),
    /** The peer's process is killed with SIGKILL. */
    PEER_KILLED(""),
    /** Our process is killed with SIGKILL. */
    OURS_KILLED(""),
    /** The first of two paths is cut. */
    PATH_CUT(""),
    /** All paths are cut: what is not acknowledged must come back. */
    SILENCE(""),
    /** The peer is killed unheard, and its next process calls from the same port (RFC 9260 section 5.2.2). */
    RESTART(""),
    /** Both ends call from the port that the other one calls, and INITs meet (RFC 9260 section 5.2.1). */
    COLLISION("");

    private final String netem;

    Condition(final String netem) {
        this.netem = netem;
    }

    /** What {@code tc} is told, or nothing. */
    String netem() {
        return netem;
    }

    /** True if the peer calls from the port that we listen on or call from: {@link FixedPortRun}. */
    boolean hasFixedPorts() {
        return this == RESTART || this == COLLISION;
    }

    /** False for a role of ours in which it cannot happen: who restarts calls, and in a collision both call. */
    boolean isFor(final boolean listening) {
        return this == RESTART ? listening : this != COLLISION || !listening;
    }

    /** True if all messages must arrive and the association ends in good order. */
    boolean isWhole() {
        return this != PEER_KILLED && this != OURS_KILLED && this != SILENCE;
    }

    /** As the command line says it: {@code loss-5}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
