// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import java.util.List;
import org.poolswitch.sctp.SctpListener;

/**
 * A whole node (SG, GWC, GK, MG, registrar) as a machine made of machines. The process's {@code main} and the simulator
 * boot it from the same factory; both drive it through {@link Shard}'s loop.
 */
public interface NodeMachine extends Machine {
    /** The endpoint is bound: register, resolve, connect. Called once, before any other input. */
    default void onStart(final long nowNs) {
    }

    /** Where the driver delivers the events of this node's SCTP endpoint. */
    SctpListener sctpListener();

    /**
     * The same for a node with several SCTP ports.
     *
     * @param port which one: 0 is the first
     */
    default SctpListener sctpListener(final int port) {
        return sctpListener();
    }

    /** The multicast groups this node hears or speaks in, always the same ones; asked before {@link #onStart}. */
    default List<AnnouncementPort> announcementPorts() {
        return List.of();
    }

    /**
     * Takes up to {@code limit} inputs from threads that are no shard.
     *
     * @return how many were taken; 0 means idle, and must be honest or an idle node spins
     */
    default int pollInbox(final int limit, final long nowNs) {
        return 0;
    }

    /**
     * This node did not run for {@code pausedNs} although it should have (process stopped, host asleep, collector).
     * Called before any input or deadline that arrived meanwhile: others may have taken over, so a node that spoke for
     * somebody must first learn whether it still may.
     */
    default void onClockJump(final long pausedNs, final long nowNs) {
    }

    /** Graceful stop (SIGTERM): deregister, take nothing new, finish what is there; by default there is nothing. */
    default void beginDrain(final long nowNs) {
    }

    /** True once {@link #beginDrain} has nothing left to wait for. */
    default boolean isDrained() {
        return true;
    }
}
