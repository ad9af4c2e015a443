// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.util.random.RandomGenerator;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpEndpoint;

/** A node that is one pool element on an ASAP stack. */
public abstract class ElementNode extends AsapNode {
    /**
     * @param endpoint bound to the element's port
     * @param random   secure in production, seeded in simulation
     */
    protected ElementNode(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random) {
        super(config, endpoint, random);
    }

    /** The element's own machine: its counters and gauges. */
    public abstract ElementMachine core();

    @Override
    protected final Machine machine() {
        return core();
    }

    @Override
    protected final void join(final long nowNs) {
        core().start(nowNs);
    }

    @Override
    public final void beginDrain(final long nowNs) {
        core().beginDrain(nowNs);
    }

    @Override
    public final boolean isDrained() {
        return core().isDrained();
    }
}
