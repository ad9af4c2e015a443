// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.gk.admission.AdmissionPolicy;
import org.poolswitch.gk.admission.AdmissionPolicyFactory;
import org.poolswitch.gk.admission.PrefixAdmission;
import org.poolswitch.gk.core.GkConfig;
import org.poolswitch.gk.core.GkCounter;
import org.poolswitch.gk.core.GkNode;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.ElementOptions;
import org.poolswitch.launch.EventLog;
import org.poolswitch.launch.MetricsBook;
import org.poolswitch.launch.Millis;
import org.poolswitch.launch.NodeApp;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.launch.NodeRunner;
import org.poolswitch.launch.PolicyOption;
import org.poolswitch.sctp.SctpEndpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code poolswitch gk}: one gatekeeper as a process. */
@Command(name = "gk", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs a gatekeeper: an element of the pool gk, which admits calls (H.225.0 RAS).")
public final class GkMain implements Callable<Integer>, NodeApp<GkNode> {
    /** Port of RAS (H.225.0 appendix IV). */
    private static final int PORT = 1719;
    /** Of H.225.0's unit of bandwidth. */
    private static final double BITS = 100;

    @Mixin
    private NodeOptions options;

    @Mixin
    private ElementOptions element;

    @Mixin
    private PolicyOption policyOption;

    @Option(names = "--admission", paramLabel = "NAME", defaultValue = AdmissionPolicyFactory.DEFAULT,
        description = "Admission policy, found with ServiceLoader (default: ${DEFAULT-VALUE}).")
    private String admission;

    @Option(names = "--admission-setting", paramLabel = "KEY=VALUE",
        description = "A setting of a policy that was plugged in; may be given several times.")
    private Map<String, String> admissionSettings = new LinkedHashMap<>();

    @Option(names = "--allow", paramLabel = "PREFIX", split = ",",
        description = "Called numbers that may be called (default: all). The longest prefix decides.")
    private List<String> allow = List.of();

    @Option(names = "--deny", paramLabel = "PREFIX", split = ",",
        description = "Called numbers that may not be called.")
    private List<String> deny = List.of();

    @Option(names = "--max-calls", paramLabel = "N", defaultValue = "100000",
        description = "Most calls admitted at a time (default: ${DEFAULT-VALUE}).")
    private int maxCalls;

    @Option(names = "--max-bandwidth", paramLabel = "100BIT/S", defaultValue = "1000000000",
        description = "Most bandwidth at a time, in hundreds of bits per second (default: ${DEFAULT-VALUE}).")
    private long maxBandwidth;

    @Option(names = "--status-interval-ms", paramLabel = "MS", defaultValue = "60000",
        description = "How long nothing is heard of a call until its controller is asked (IRQ) whether it still has "
            + "it; 0: never (default: ${DEFAULT-VALUE}).")
    private long statusIntervalMs;

    @Option(names = "--status-answer-ms", paramLabel = "MS", defaultValue = "3000",
        description = "How long its answer (IRR) is awaited; without one to the second question the call counts as "
            + "over (default: ${DEFAULT-VALUE}).")
    private long statusAnswerMs;

    private GkConfig config;
    private AdmissionPolicy policy;

    @Override
    public Integer call() throws Exception {
        try {
            config = GkConfig.defaults(element.cookieKey()).withLimits(maxCalls, element.orphanHoldNs())
                .withStatus(Millis.toNs("--status-interval-ms", statusIntervalMs, 0),
                    Millis.toNs("--status-answer-ms", statusAnswerMs, 1));
            final Map<String, String> settings = new LinkedHashMap<>();
            settings.put(PrefixAdmission.ALLOW, String.join(",", allow));
            settings.put(PrefixAdmission.DENY, String.join(",", deny));
            settings.put(PrefixAdmission.MOST_CALLS, Integer.toString(maxCalls));
            settings.put(PrefixAdmission.MOST_BANDWIDTH, Long.toString(maxBandwidth));
            settings.putAll(admissionSettings);
            policy = AdmissionPolicyFactory.find(admission, settings);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
        policyOption.validate();
        return new NodeRunner<>(this, options).run();
    }

    @Override
    public String name() {
        return "gk";
    }

    @Override
    public int sctpPort() {
        return PORT;
    }

    @Override
    public GkNode create(final SctpEndpoint endpoint, final AsapConfig asap, final RandomGenerator random)
        throws ConfigException {
        return new GkNode(config, policy, policyOption.apply(asap), endpoint, random, new GkLog());
    }

    @Override
    public List<String> settings() {
        return List.of("admission '" + admission + "', at most " + maxCalls + " calls and " + maxBandwidth
            + " x 100 bit/s; allowed " + (allow.isEmpty() ? "all numbers" : allow) + ", denied "
            + (deny.isEmpty() ? "none" : deny), "admissions without their controller are kept " + element.orphanHold(),
            statusIntervalMs == 0 ? "controllers are never asked for their calls"
                : "controllers are asked for a call " + statusIntervalMs + " ms after they spoke of it");
    }

    @Override
    public void describe(final GkNode node, final MetricsBook book) {
        book.counters(GkCounter.class, node.core().counters());
        book.counters(AsapCounter.class, node.stack().counters());
        book.gauge("gk_admissions", "Calls admitted and not over.", node.core()::admissions);
        book.gauge("gk_bandwidth_bits_per_second", "What they use.", () -> node.core().bandwidth() * BITS);
        book.gauge("gk_controllers", "Associations with gateway controllers.", node.stack()::userAssociations);
    }

    @Override
    public AsapStack stack(final GkNode node) {
        return node.stack();
    }

    @Override
    public void started(final GkNode node, final Runnable wakeUp, final EventLog events) {
        events.event("up", "element", Integer.toHexString(node.core().identifier()));
    }

    @Override
    public void tick(final GkNode node, final EventLog events, final long nowNs) {
        node.core().reportLoad(nowNs);
    }

    @Override
    public int ended(final GkNode node, final EventLog events) {
        events.event("gatekeeper", "admissions", node.core().admissions(), "admitted",
            node.core().counters().get(GkCounter.ADMITTED), "takeovers",
            node.core().counters().get(GkCounter.TAKEOVERS));
        return 0;
    }
}
