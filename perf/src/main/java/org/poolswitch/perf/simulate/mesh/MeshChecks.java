// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.sim.SimNode;

/** What must be true of a mesh once everything is healed: one truth, the same everywhere. */
final class MeshChecks {
    private record Who(PoolHandle pool, int element) {
    }

    private final MeshWorld mesh;

    MeshChecks(final MeshWorld mesh) {
        this.mesh = mesh;
    }

    private static EnrpServer server(final SimNode node) {
        return node.machine(EnrpServer.class);
    }

    /** @return what is wrong; empty if nothing is */
    List<String> complaints() {
        final List<String> wrong = new ArrayList<>();
        final Set<Integer> servers = new HashSet<>();
        mesh.registrars().forEach(node -> servers.add(server(node).identifier()));
        final Set<Who> living = living(wrong);
        for (final SimNode node : mesh.registrars()) {
            if (!server(node).isInService() || server(node).peers() != servers.size() - 1) {
                wrong.add(node.name() + " has " + server(node).peers() + " peers of " + (servers.size() - 1)
                    + (server(node).isInService() ? "" : " and does not serve"));
            }
            elements(node, living, servers, wrong);
        }
        checksums(wrong);
        return wrong;
    }

    private Set<Who> living(final List<String> wrong) {
        final Set<Who> living = new HashSet<>();
        for (final SimNode node : mesh.elements()) {
            final MeshElement element = node.machine(MeshElement.class);
            if (!element.isRegistered()) {
                wrong.add(node.name() + " is not registered");
            }
            element.pools().forEach(pool -> living.add(new Who(pool, element.identifier())));
        }
        return living;
    }

    private void elements(final SimNode node, final Set<Who> living, final Set<Integer> servers,
        final List<String> wrong) {
        final Set<Who> missing = new HashSet<>(living);
        final Handlespace space = server(node).asap().handlespace();
        for (PoolElementEntry e = space.first(); e != null; e = e.next()) {
            final Who who = new Who(e.pool().handle(), e.identifier());
            final String name = " element " + who.pool() + "/" + Integer.toHexString(who.element());
            missing.remove(who);
            if (!living.contains(who)) {
                wrong.add(node.name() + " keeps a dead" + name);
            }
            if (!servers.contains(e.homeServer())) {
                wrong.add(node.name() + " has" + name + " at home " + Integer.toHexString(e.homeServer())
                    + ", which is no registrar");
            }
            final PoolElementEntry first = server(mesh.registrars().get(0)).asap().handlespace()
                .find(who.pool(), who.element());
            if (first != null && first.homeServer() != e.homeServer()) {
                wrong.add(node.name() + " and " + mesh.registrars().get(0).name() + " disagree about the home of"
                    + name);
            }
        }
        missing.forEach(who -> wrong.add(node.name() + " does not know element " + who.pool() + "/"
            + Integer.toHexString(who.element())));
    }

    private void checksums(final List<String> wrong) {
        for (final SimNode owner : mesh.registrars()) {
            final int id = server(owner).identifier();
            final int own = server(owner).asap().handlespace().checksum(id);
            for (final SimNode other : mesh.registrars()) {
                if (server(other).asap().handlespace().checksum(id) != own) {
                    wrong.add(other.name() + " and " + owner.name() + " disagree about " + owner.name()
                        + "'s checksum");
                }
            }
        }
    }
}
