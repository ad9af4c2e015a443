// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.ElementNode;
import org.poolswitch.gk.admission.AdmissionPolicy;
import org.poolswitch.ras.TransportAddress;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;

/** A gatekeeper as a node: {@link GkCore} on an ASAP stack. */
public final class GkNode extends ElementNode {
    private final GkCore core;

    /**
     * @param endpoint bound to RAS's port, 1719 by default
     * @param random   secure in production, seeded in simulation
     */
    public GkNode(final GkConfig config, final AdmissionPolicy policy, final AsapConfig asap,
        final SctpEndpoint endpoint, final RandomGenerator random, final GkObserver observer) {
        super(asap, endpoint, random);
        core = new GkCore(config, policy, stack()::element, address(endpoint.localAddress()), observer);
    }

    private static TransportAddress address(final SctpAddress own) {
        return new TransportAddress.Ip(own.host(), own.port());
    }

    @Override
    public GkCore core() {
        return core;
    }
}
