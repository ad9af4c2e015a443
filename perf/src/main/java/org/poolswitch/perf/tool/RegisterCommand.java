// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.EventLog;
import org.poolswitch.launch.MetricsBook;
import org.poolswitch.launch.NodeApp;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.launch.NodeRunner;
import org.poolswitch.launch.PolicyName;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.SctpEndpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code poolswitch register}: a stand-in element of any pool. */
@Command(name = "register", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs a pool element that stands in for a real one: it registers, answers keep-alives, and if told "
        + "so echoes or answers RSPLIB's pings. SIGTERM takes it out of its pool.")
public final class RegisterCommand implements Callable<Integer>, NodeApp<StandIn> {
    @Parameters(paramLabel = "HANDLE", description = "The pool to join; 0x and hexadecimal digits for any octets.")
    private String handle;

    @Option(names = "--policy", paramLabel = "NAME[:VALUES]", defaultValue = "RR",
        description = "Pool policy and this element's values under it: RR, WRR:WEIGHT, RAND, WRAND:WEIGHT, "
            + "PRIO:PRIORITY, LU:LOAD, LUD:LOAD,DEGRADATION, PLU:LOAD,DEGRADATION, RLU:LOAD; loads in per cent, as "
            + "LU:25%% (default: ${DEFAULT-VALUE}).")
    private String policy;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "5000",
        description = "SCTP port at which users reach it (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--echo", description = "Send every message back to its user.")
    private boolean echo;

    @Option(names = "--ping-pong", description = "Answer the pings of RSPLIB's pingpongclient and of "
        + "'poolswitch ping-pong', each with a cookie.")
    private boolean pingPong;

    @Option(names = "--user-transport", paramLabel = "PROTOCOL:IP[+IP...]:PORT",
        description = "Register another program's service, of tcp, udp, udp-lite or sctp, instead of this node's own "
            + "endpoint; this node answers the registrar for it. The registrar refuses addresses that are not this "
            + "node's unless it has --any-address.")
    private String userTransport;

    @Mixin
    private NodeOptions options;

    private byte[] handleOctets;
    private PolicyParameter policyValue;
    private TransportParameter foreign;

    @Override
    public Integer call() throws Exception {
        handleOctets = HandleText.parse(handle);
        policyValue = PolicyName.parameter(policy);
        if (port < 1 || port > 65535) {
            throw new ConfigException("--port must be 1 to 65535, not " + port);
        }
        if (echo && pingPong) {
            throw new ConfigException("--echo and --ping-pong exclude each other: who would answer a ping?");
        }
        if (userTransport != null && service() != StandIn.Service.NONE) {
            throw new ConfigException("--user-transport names a service of another program: without --echo and "
                + "--ping-pong");
        }
        foreign = userTransport == null ? null : UserTransport.parse(userTransport);
        return new NodeRunner<>(this, options).run();
    }

    @Override
    public String name() {
        return "register";
    }

    @Override
    public int sctpPort() {
        return port;
    }

    private StandIn.Service service() {
        return echo ? StandIn.Service.ECHO : pingPong ? StandIn.Service.PING_PONG : StandIn.Service.NONE;
    }

    @Override
    public StandIn create(final SctpEndpoint endpoint, final AsapConfig asap, final RandomGenerator random) {
        return new StandIn(asap, endpoint, random, handleOctets, policyValue, service(), foreign);
    }

    @Override
    public List<String> settings() {
        return List.of("stand-in for an element of pool " + HandleText.of(handleOctets) + ", policy " + policy + ", "
            + switch (service()) {
                case ECHO -> "echoes";
                case PING_PONG -> "answers pings";
                case NONE -> foreign == null ? "answers nothing" : "for " + userTransport;
            });
    }

    @Override
    public void describe(final StandIn node, final MetricsBook book) {
        book.counters(AsapCounter.class, node.stack().counters());
        book.gauge("register_answered", "Messages of users that were answered.", node::answered);
        book.gauge("register_taken_over", "Sessions that began with another element's cookie.", node::takenOver);
        book.gauge("register_users", "Associations with users.", node.stack()::userAssociations);
        book.gauge("register_registered", "Pools that have accepted us.", node.stack()::registrations);
    }

    @Override
    public AsapStack stack(final StandIn node) {
        return node.stack();
    }

    @Override
    public void started(final StandIn node, final Runnable wakeUp, final EventLog events) {
        events.event("up", "element", ElementText.id(node.identifier()));
    }

    @Override
    public int ended(final StandIn node, final EventLog events) {
        events.event("element", "answered", node.answered(), "takenover", node.takenOver());
        return 0;
    }
}
