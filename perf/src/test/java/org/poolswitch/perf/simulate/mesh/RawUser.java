// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.perf.load.PlainNode;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PeIdentifier;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sim.SimNode;

/** A process that says what it likes, true or not, over as many associations as it likes, and remembers the answers. */
final class RawUser {
    private static final int PPID_ASAP = 11;

    /** Keeps what it hears. */
    private final class Ear extends PlainNode {
        Ear(final SctpEndpoint endpoint) {
            super(endpoint);
        }

        @Override
        public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
            final byte[] buffer, final int offset, final int length, final long nowNs) {
            answers.add(Arrays.copyOfRange(buffer, offset, offset + length));
        }
    }

    private final MeshWorld mesh;
    private final SimNode node;
    private final int registrar;
    private final List<byte[]> answers = new ArrayList<>();
    private final List<Integer> associations = new ArrayList<>();

    /** @param registrar the one that hears it */
    RawUser(final MeshWorld mesh, final int registrar, final int associations) {
        this(mesh, registrar, NodeOptions.ASAP_PORT, associations);
    }

    /** @param port the registrar's ASAP or ENRP port */
    RawUser(final MeshWorld mesh, final int registrar, final int port, final int associations) {
        this.mesh = mesh;
        this.registrar = registrar;
        node = mesh.world().addNode("raw" + registrar, MeshWorld.rawUserHost(registrar),
            (endpoint, dice) -> new Ear(endpoint), 50_000, false, 0);
        node.act(endpoint -> {
            for (int i = 0; i < associations; i++) {
                this.associations.add(endpoint.connect(MeshWorld.address(registrar, port),
                    node.clockNs()));
            }
        });
    }

    /** All its voices report one element. */
    void report(final PoolHandle pool, final int element) {
        final ParameterWriter out = new ParameterWriter(500).message(AsapType.ENDPOINT_UNREACHABLE, 0);
        pool.write(out);
        PeIdentifier.write(out, element);
        final int length = out.finish();
        node.act(endpoint -> say(endpoint, out.buffer(), length));
    }

    /** All its voices ask for one pool. */
    void resolve(final PoolHandle pool) {
        final ParameterWriter out = new ParameterWriter(500).message(AsapType.HANDLE_RESOLUTION, 0);
        pool.write(out);
        final int length = out.finish();
        node.act(endpoint -> say(endpoint, out.buffer(), length));
    }

    /** All its voices say something. */
    void say(final int ppid, final byte[] message) {
        node.act(endpoint -> associations.forEach(association -> endpoint.send(association, 0, ppid, false, message, 0,
            message.length, node.clockNs())));
    }

    /** All that it heard so far. */
    List<byte[]> answers() {
        return answers;
    }

    private void say(final SctpEndpoint endpoint, final byte[] message, final int length) {
        for (final int association : associations) {
            endpoint.send(association, 0, PPID_ASAP, false, message, 0, length, node.clockNs());
        }
    }

    /** All its voices report everything that the registrar knows. */
    void reportAll() {
        final EnrpServer server = mesh.server(registrar);
        for (PoolElementEntry e = server.asap().handlespace().first(); e != null; e = e.next()) {
            report(e.pool().handle(), e.identifier());
        }
    }
}
