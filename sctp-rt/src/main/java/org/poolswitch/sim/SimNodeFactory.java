// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpEndpoint;

/** Boots a node, as its {@code main} would; called again for every restart. */
@FunctionalInterface
public interface SimNodeFactory {
    /** A node that has just been switched on and remembers nothing. */
    NodeMachine boot(SctpEndpoint endpoint, RandomGenerator random);

    /** The same for a node with several SCTP ports. */
    @FunctionalInterface
    interface OfSeveralPorts {
        /** @param endpoints one for each port, in the order in which the world was told */
        NodeMachine boot(List<SctpEndpoint> endpoints, RandomGenerator random);
    }
}
