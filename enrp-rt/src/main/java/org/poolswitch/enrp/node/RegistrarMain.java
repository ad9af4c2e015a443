// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.enrp.core.EnrpServer;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.enrp.core.RegistrarCounter;
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

    @Override
    public Integer call() throws Exception {
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

    private RegistrarConfig config() {
        return options.rfcProfile() ? RegistrarConfig.rfc() : RegistrarConfig.carrier();
    }

    @Override
    public EnrpServer create(final SctpEndpoint endpoint, final AsapConfig asap, final RandomGenerator random) {
        return new EnrpServer(config(), endpoint, random, SelectionPolicies.installed());
    }

    @Override
    public List<String> settings() {
        return List.of(config().toString());
    }

    @Override
    public void describe(final EnrpServer node, final MetricsBook book) {
        book.counters(RegistrarCounter.class, node.counters());
        book.gauge("registrar_pools", "Pools in the handlespace.", node::pools);
        book.gauge("registrar_elements", "Elements of all pools.", node::elements);
    }

    @Override
    public void started(final EnrpServer node, final Runnable wakeUp, final EventLog events) {
        events.event("up", "server", Integer.toHexString(node.identifier()));
    }
}
