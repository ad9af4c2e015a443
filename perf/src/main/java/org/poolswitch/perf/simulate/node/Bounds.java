// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.util.List;
import org.poolswitch.asap.AsapBounds;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.EnrpTimers;
import org.poolswitch.gk.core.GkConfig;
import org.poolswitch.gk.core.GkNode;
import org.poolswitch.gwc.core.GwcConfig;
import org.poolswitch.gwc.core.GwcNode;
import org.poolswitch.mg.core.MgBounds;
import org.poolswitch.mg.core.MgNode;
import org.poolswitch.rserpool.HandlespaceLimits;
import org.poolswitch.sg.core.SgNode;

/** The tables of all nodes, and how large each may become. */
final class Bounds {
    private static final byte[] KEY = new byte[16];
    private final HandlespaceLimits space;
    private final List<MessageNetwork.Node> registrars;
    private final List<MessageNetwork.Node> controllers;
    private final GkNode gk;
    private final MgNode mg;
    private final SgNode sg;

    Bounds(final HandlespaceLimits space, final List<MessageNetwork.Node> registrars,
        final List<MessageNetwork.Node> controllers, final MessageNetwork.Node gk, final MessageNetwork.Node mg,
        final SgNode sg) {
        this.space = space;
        this.registrars = registrars;
        this.controllers = controllers;
        this.gk = (GkNode) gk.machine;
        this.mg = (MgNode) mg.machine;
        this.sg = sg;
    }

    private static void atMost(final String what, final long is, final long limit) {
        if (is > limit) {
            throw new IllegalStateException(what + ": " + is + ", not at most " + limit);
        }
    }

    /** Looks at all of them. */
    void check() {
        for (final MessageNetwork.Node node : registrars) {
            final EnrpServer server = (EnrpServer) node.machine;
            atMost("pools", server.pools(), space.maxPools());
            atMost("elements", server.elements(), space.maxElements());
            atMost("peers", server.peers(), EnrpTimers.carrier().maxPeers());
        }
        for (final MessageNetwork.Node node : controllers) {
            final GwcNode gwc = (GwcNode) node.machine;
            atMost("calls", gwc.core().calls(), GwcConfig.defaults(KEY).maxCalls());
            stack(gwc.stack());
        }
        atMost("admissions", gk.core().admissions(), GkConfig.defaults(KEY).maxAdmissions());
        stack(gk.stack());
        final MgBounds limits = MgBounds.standard();
        atMost("contexts", mg.core().contexts(), limits.maxContexts());
        atMost("controllers", mg.core().controllers(), limits.maxControllers());
        atMost("stored replies", mg.core().storedReplies(), limits.maxStoredReplies());
        stack(mg.stack());
        stack(sg.stack());
    }

    private static void stack(final AsapStack stack) {
        final AsapBounds limits = AsapBounds.standard();
        atMost("sessions", stack.sessions(), limits.sessions());
        atMost("associations with elements", stack.elementAssociations(), limits.associations());
        atMost("users", stack.userAssociations(), limits.users());
        atMost("registrations", stack.registrations(), limits.registrations());
        atMost("registrars", stack.registrarsKnown(), limits.registrars());
    }
}
