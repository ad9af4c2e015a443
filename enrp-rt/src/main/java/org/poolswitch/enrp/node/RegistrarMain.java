// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.enrp.core.EnrpConfig;
import org.poolswitch.enrp.core.EnrpCounter;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.enrp.core.RegistrarCounter;
import org.poolswitch.enrp.core.RegistrarSettings;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.EventLog;
import org.poolswitch.launch.MetricsBook;
import org.poolswitch.launch.NodeApp;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.launch.NodeRunner;
import org.poolswitch.rserpool.SelectionPolicies;
import org.poolswitch.sctp.SctpEndpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code poolswitch registrar}: one registrar as a process. */
@Command(name = "registrar", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs a registrar (ENRP server): pool elements register here, pool users ask here.")
public final class RegistrarMain implements Callable<Integer>, NodeApp<EnrpServer> {
    @Mixin
    private NodeOptions options;

    @Mixin
    private MeshOptions mesh;

    @Mixin
    private AsapOptions asapOptions;

    private final MeshLog log = new MeshLog();

    @Override
    public Integer call() throws Exception {
        mesh.check(options);
        config();
        return new NodeRunner<>(this, options).run();
    }

    @Override
    public String name() {
        return "registrar";
    }

    @Override
    public int sctpPort() {
        return NodeOptions.ASAP_PORT;
    }

    @Override
    public List<Integer> morePorts() {
        return mesh.hasPort() ? List.of(mesh.enrpPort) : List.of();
    }

    private RegistrarConfig config() throws ConfigException {
        return asapOptions.config(options.rfcProfile(), mesh.checksumRule(), mesh.settings());
    }

    private SelectionPolicies policies() throws ConfigException {
        try {
            return SelectionPolicies.installed(log::onPolicyFault);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    @Override
    public EnrpServer create(final SctpEndpoint endpoint, final AsapConfig asap, final RandomGenerator random)
        throws ConfigException {
        return new EnrpServer(config(), endpoint, random, policies());
    }

    @Override
    public EnrpServer create(final List<SctpEndpoint> endpoints, final AsapConfig asap, final RandomGenerator random)
        throws ConfigException {
        return !mesh.hasPort() ? create(endpoints.get(0), asap, random)
            : new EnrpServer(config(), endpoints.get(0), random, policies(),
                mesh.setup(options, endpoints.get(1), asap, log));
    }

    @Override
    public List<String> settings() {
        try {
            final RegistrarConfig config = config();
            final List<String> lines = new ArrayList<>();
            lines.add(AsapOptions.describe(config));
            lines.add("elements and users: " + String.join(",", RegistrarSettings.describe(config)));
            if (mesh.hasPort()) {
                final EnrpConfig towardsPeers = mesh.config(options);
                lines.add(mesh.describe(towardsPeers));
                lines.add("peers: " + String.join(",", RegistrarSettings.describe(towardsPeers.timers())));
            }
            return lines;
        } catch (final ConfigException e) {
            throw new IllegalStateException("the settings were checked before", e);
        }
    }

    @Override
    public void describe(final EnrpServer node, final MetricsBook book) {
        book.counters(RegistrarCounter.class, node.counters());
        book.gauge("registrar_pools", "Pools in the handlespace.", node::pools);
        book.gauge("registrar_elements", "Elements of all pools.", node::elements);
        book.counters(EnrpCounter.class, node.meshCounters());
        book.gauge("registrar_owned_elements", "Elements whose home this registrar is.", node::ownedElements);
        book.gauge("registrar_peers", "Other registrars that this one knows.", node::peers);
        book.gauge("registrar_journal_lost", "1 once the journal could not be written and is no longer.",
            () -> log.isJournalLost() ? 1 : 0);
        book.gauge("registrar_in_service", "1 once it has found its peers or waited long enough.",
            () -> node.isInService() ? 1 : 0);
    }

    @Override
    public void started(final EnrpServer node, final Runnable wakeUp, final EventLog events) {
        log.events(events);
        if (log.isJournalLost()) {
            events.event("journal-lost");
        }
        if (events.isOn()) {
            node.asap().listen(new ElementLog(events));
        }
        if (node.isInService()) {
            // that was before there was an event log
            events.event("in-service", "peers", node.peers(), "elements", node.elements());
        }
        events.event("up", "server", Integer.toHexString(node.identifier()));
    }
}
