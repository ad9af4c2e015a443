// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.CsvFile;
import org.poolswitch.launch.EventLog;
import org.poolswitch.launch.MetricsBook;
import org.poolswitch.launch.NodeApp;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.launch.NodeRunner;
import org.poolswitch.launch.PolicyOption;
import org.poolswitch.mg.core.CalledSide;
import org.poolswitch.mg.core.MgConfig;
import org.poolswitch.mg.core.MgCore;
import org.poolswitch.mg.core.MgCounter;
import org.poolswitch.mg.core.MgNode;
import org.poolswitch.mg.core.Seizure;
import org.poolswitch.sctp.SctpEndpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code poolswitch mg}: one media gateway, with simulated subscribers, as a process. */
@Command(name = "mg", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs a media gateway: an element of the pool mg.<trunk group>, with simulated called lines.")
public final class MgMain implements Callable<Integer>, NodeApp<MgNode> {
    /** The port of H.248 in its text encoding (RFC 3525 section 9; 2945 is the binary encoding's). */
    private static final int PORT = 2944;

    @Mixin
    private NodeOptions options;

    @Mixin
    private MgOptions mg;

    @Mixin
    private PolicyOption policyOption;

    private MgConfig config;
    private CsvFile seizures;
    private long seizuresWritten;

    @Override
    public Integer call() throws Exception {
        config = mg.config(System.currentTimeMillis() - System.nanoTime() / 1_000_000L);
        seizures = CsvFile.create("--seizures", mg.seizures, Seizure.CSV_HEADING);
        policyOption.validate();
        return new NodeRunner<>(this, options).run();
    }

    @Override
    public String name() {
        return "mg";
    }

    @Override
    public int sctpPort() {
        return PORT;
    }

    @Override
    public MgNode create(final SctpEndpoint endpoint, final AsapConfig asap, final RandomGenerator random)
        throws ConfigException {
        return new MgNode(config, policyOption.apply(asap), endpoint, random);
    }

    @Override
    public List<String> settings() {
        final CalledSide side = config.calledSide();
        final List<String> lines = new ArrayList<>(List.of(
            "pool mg." + config.trunkGroup() + ", circuits " + config.trunkPrefix() + config.firstTrunk() + " to "
                + config.trunkPrefix() + config.lastTrunk() + ", at most " + config.bounds().maxContexts() + " calls",
            "called lines: " + side.busyFraction() + " busy, " + side.noAnswerFraction() + " unanswered, "
                + side.hangUpFraction() + " of the answered hang up first",
            config.timers().describe(), config.bounds().describe()));
        if (mg.seizures != null) {
            lines.add("seizures are written to " + mg.seizures);
        }
        return lines;
    }

    @Override
    public void describe(final MgNode node, final MetricsBook book) {
        final MgCore core = node.core();
        book.counters(MgCounter.class, core.counters());
        book.counters(AsapCounter.class, node.stack().counters());
        book.gauge("mg_contexts", "Contexts that exist: calls.", core::contexts);
        book.gauge("mg_lines", "Lines in calls.", core::lines);
        book.gauge("mg_controllers", "Controllers that are connected.", core::controllers);
        book.gauge("mg_notifies_waiting", "Notifies that no controller has acknowledged.", core::waitingNotifies);
        book.gauge("mg_replies_stored", "Replies kept for duplicates.", core::storedReplies);
    }

    @Override
    public AsapStack stack(final MgNode node) {
        return node.stack();
    }

    @Override
    public void started(final MgNode node, final Runnable wakeUp, final EventLog events) {
        events.event("up", "element", Integer.toHexString(node.core().identifier()));
    }

    @Override
    public void tick(final MgNode node, final EventLog events, final long nowNs) {
        if (seizures.isOpen()) {
            seizuresWritten = node.core().seizures().forEachAfter(seizuresWritten, s -> seizures.line(s.toCsv()));
            seizures.flush();
        }
    }

    @Override
    public int ended(final MgNode node, final EventLog events) {
        tick(node, events, 0);
        final MgCore core = node.core();
        events.event("gateway", "contexts", core.contexts(), "made", core.counters().get(MgCounter.CONTEXTS_MADE),
            "seizures", core.counters().get(MgCounter.SEIZURES), "claims", core.counters().get(MgCounter.CLAIMS),
            "doubled_refused", core.counters().get(MgCounter.DOUBLED_REFUSED), "non_owner_refused",
            core.counters().get(MgCounter.NON_OWNER_REFUSED));
        return 0;
    }
}
