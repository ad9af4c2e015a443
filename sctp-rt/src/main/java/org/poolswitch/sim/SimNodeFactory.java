// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import java.util.random.RandomGenerator;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpEndpoint;

/** Boots a node, as its {@code main} would; called again for every restart. */
@FunctionalInterface
public interface SimNodeFactory {
    /** A node that has just been switched on and remembers nothing. */
    NodeMachine boot(SctpEndpoint endpoint, RandomGenerator random);
}
