// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * What a node's {@code main} tells the {@link NodeRunner}: which machine to make, and what to show of it.
 *
 * @param <N> the node's machine
 */
public interface NodeApp<N extends NodeMachine> {
    /** Short name: registrar, sg, gwc, gk, mg. */
    String name();

    /** SCTP port to listen on, or 0 for a node that only opens associations. */
    int sctpPort();

    /** More SCTP ports to listen on, behind the same UDP port. */
    default List<Integer> morePorts() {
        return List.of();
    }

    /** Makes a machine with several ports; by default one that knows of the first only. */
    default N create(final List<SctpEndpoint> endpoints, final AsapConfig asap, final RandomGenerator random)
        throws ConfigException {
        return create(endpoints.get(0), asap, random);
    }

    /** Makes the machine. Runs on the main thread, before the endpoint hears anything. */
    N create(SctpEndpoint endpoint, AsapConfig asap, RandomGenerator random) throws ConfigException;

    /** The settings that matter, a line each, for the start-up banner. */
    List<String> settings();

    /** Publishes the machine's counters and gauges. */
    void describe(N node, MetricsBook book);

    /** The node's ASAP stack, whose registrar the runner watches; null for a registrar. */
    default AsapStack stack(final N node) {
        return null;
    }

    /** Called on the node's own thread right after {@link NodeMachine#onStart}; {@code wakeUp} may be kept. */
    default void started(final N node, final Runnable wakeUp, final EventLog events) throws ConfigException {
    }

    /** Called on the node's own thread a few times a second. */
    default void tick(final N node, final EventLog events, final long nowNs) {
    }

    /** True if the node has nothing left to do and the process may end by itself. */
    default boolean isFinished(final N node) {
        return false;
    }

    /** Called once on the way out. @return the process's exit status */
    default int ended(final N node, final EventLog events) {
        return 0;
    }
}
