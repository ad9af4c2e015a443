// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.ElementNode;
import org.poolswitch.megaco.Mid;
import org.poolswitch.sctp.SctpEndpoint;

/** The media gateway as a node: {@link MgCore} on an ASAP stack. */
public final class MgNode extends ElementNode {
    private final MgCore core;

    /**
     * @param endpoint bound to H.248's port, 2944 by default
     * @param random   secure in production, seeded in simulation
     */
    public MgNode(final MgConfig config, final AsapConfig asap, final SctpEndpoint endpoint,
        final RandomGenerator random) {
        super(asap, endpoint, random);
        final Mid own = config.mid() != null ? config.mid()
            : Mid.of(endpoint.localAddress().host(), endpoint.localAddress().port());
        core = new MgCore(config, own, random, stack()::element);
    }

    @Override
    public MgCore core() {
        return core;
    }
}
