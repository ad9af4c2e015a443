// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.call.CallMachine;
import org.poolswitch.call.CallMachineFactory;
import org.poolswitch.call.OrdinaryCalls;
import org.poolswitch.gwc.core.GwcConfig;
import org.poolswitch.gwc.core.GwcCore;
import org.poolswitch.gwc.core.GwcCounter;
import org.poolswitch.gwc.core.GwcNode;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.ElementOptions;
import org.poolswitch.launch.EventLog;
import org.poolswitch.launch.MetricsBook;
import org.poolswitch.launch.Millis;
import org.poolswitch.launch.NodeApp;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.launch.NodeRunner;
import org.poolswitch.launch.PolicyOption;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.sctp.SctpEndpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code poolswitch gwc}: one gateway controller as a process. */
@Command(name = "gwc", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs a gateway controller: an element of the pool gwc, with the calls' own state machine.")
public final class GwcMain implements Callable<Integer>, NodeApp<GwcNode> {

    @Mixin
    private NodeOptions options;

    @Mixin
    private ElementOptions element;

    @Mixin
    private PolicyOption policyOption;

    @Option(names = "--call-machine", paramLabel = "NAME", defaultValue = CallMachineFactory.DEFAULT,
        description = "Call machine, found with ServiceLoader (default: ${DEFAULT-VALUE}).")
    private String callMachine;

    @Option(names = "--call-machine-setting", paramLabel = "KEY=VALUE",
        description = "A setting of a call machine that was plugged in; may be given several times.")
    private Map<String, String> machineSettings = new LinkedHashMap<>();

    @Option(names = "--no-answer-seconds", paramLabel = "SECONDS", defaultValue = "90",
        description = "T9: how long it may ring (default: ${DEFAULT-VALUE}).")
    private String noAnswerSeconds;

    @Option(names = "--trunk-group", paramLabel = "NAME", defaultValue = "tg1",
        description = "Command the media gateways of the pool mg.NAME (default: ${DEFAULT-VALUE}).")
    private String trunkGroup;

    @Option(names = "--max-calls", paramLabel = "N", defaultValue = "20000",
        description = "Most calls at a time; more are released with cause 42 (default: ${DEFAULT-VALUE}).")
    private int maxCalls;

    @Option(names = "--bandwidth", paramLabel = "100BIT/S", defaultValue = "1280",
        description = "Asked of the gatekeeper per call, in hundreds of bits per second (default: ${DEFAULT-VALUE}).")
    private long bandwidth;

    @Option(names = "--clearing-ms", paramLabel = "MS", defaultValue = "15000",
        description = "How long a call that is over waits for gatekeeper and media gateway to confirm it, before its "
            + "circuit is idle all the same; longer than Failover.Age, or one that is just being replaced leaves "
            + "something behind (default: ${DEFAULT-VALUE}).")
    private long clearingMs;

    private GwcConfig config;
    private CallMachine machine;
    private final GwcEvents observer = new GwcEvents();

    @Override
    public Integer call() throws Exception {
        try {
            config = GwcConfig.defaults(element.cookieKey())
                .withLimits(maxCalls, bandwidth, element.orphanHoldNs()).withTrunkGroup(trunkGroup)
                .withClearing(Millis.toNs("--clearing-ms", clearingMs, 1));
            final Map<String, String> settings = new LinkedHashMap<>();
            settings.put(OrdinaryCalls.NO_ANSWER_SECONDS, noAnswerSeconds);
            settings.putAll(machineSettings);
            machine = CallMachineFactory.find(callMachine, settings);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
        policyOption.validate();
        return new NodeRunner<>(this, options).run();
    }

    @Override
    public String name() {
        return "gwc";
    }

    @Override
    public int sctpPort() {
        return M3ua.PORT;
    }

    @Override
    public GwcNode create(final SctpEndpoint endpoint, final AsapConfig asap, final RandomGenerator random)
        throws ConfigException {
        return new GwcNode(config, machine, policyOption.apply(asap), endpoint, random, observer);
    }

    @Override
    public List<String> settings() {
        return List.of("call machine '" + callMachine + "', rings at most " + noAnswerSeconds + " s, at most "
            + maxCalls + " calls, media gateways of pool mg."
            + trunkGroup, "calls without their signaling gateway are kept " + element.orphanHold(),
            "calls that are over wait " + clearingMs + " ms to be confirmed");
    }

    @Override
    public void describe(final GwcNode node, final MetricsBook book) {
        book.counters(GwcCounter.class, node.core().counters());
        book.counters(AsapCounter.class, node.stack().counters());
        book.gauge("gwc_calls_now", "Calls in whatever state.", node.core()::calls);
        book.gauge("gwc_sessions", "Sessions with gatekeepers and media gateways.", node.stack()::sessions);
        book.gauge("gwc_signaling_gateways", "Associations with signaling gateways.", node.stack()::userAssociations);
    }

    @Override
    public AsapStack stack(final GwcNode node) {
        return node.stack();
    }

    @Override
    public void started(final GwcNode node, final Runnable wakeUp, final EventLog events) {
        observer.to(events);
        events.event("up", "element", Integer.toHexString(node.core().identifier()));
    }

    @Override
    public void tick(final GwcNode node, final EventLog events, final long nowNs) {
        final GwcCore core = node.core();
        core.reportLoad(nowNs);
        events.event("load", "calls", core.calls(), "setup", core.inSetup(), "answered", core.answered());
    }

    @Override
    public int ended(final GwcNode node, final EventLog events) {
        events.event("controller", "calls", node.core().calls(), "takeovers",
            node.core().counters().get(GwcCounter.TAKEOVERS_BY_COOKIE), "orphaned",
            node.core().counters().get(GwcCounter.ORPHANED));
        return 0;
    }
}
