// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.ElementNode;
import org.poolswitch.call.CallMachine;
import org.poolswitch.sctp.SctpEndpoint;

/** A gateway controller as a node: {@link GwcCore} on an ASAP stack, both pool element and pool user. */
public final class GwcNode extends ElementNode {
    private final GwcCore core;

    /**
     * @param endpoint bound to M3UA's port, 2905 by default
     * @param random   secure in production, seeded in simulation
     */
    public GwcNode(final GwcConfig config, final CallMachine machine, final AsapConfig asap,
        final SctpEndpoint endpoint, final RandomGenerator random, final GwcObserver observer) {
        super(asap, endpoint, random);
        core = new GwcCore(config, machine, stack().user(), stack()::element,
            endpoint.localAddress(), random, observer);
    }

    @Override
    public GwcCore core() {
        return core;
    }
}
