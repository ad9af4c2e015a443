// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.node;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.launch.EventLog;
import org.poolswitch.launch.MetricsBook;
import org.poolswitch.launch.NodeApp;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.launch.NodeRunner;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.InboxConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sg.core.CallGenerator;
import org.poolswitch.sg.core.ReplayCall;
import org.poolswitch.sg.core.ReplayPlayer;
import org.poolswitch.sg.core.SgConfig;
import org.poolswitch.sg.core.SgCounter;
import org.poolswitch.sg.core.SgNode;
import org.poolswitch.sg.core.TrafficConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code poolswitch sg}: one signaling gateway, with the exchanges behind it simulated, as a process. */
@Command(name = "sg", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs a signaling gateway: replays captured calls, generates calls, and judges what comes back. Ends "
        + "when its calls have ended; exit status 0 only if none was lost or doubled.")
public final class SgMain implements Callable<Integer>, NodeApp<SgNode> {
    private static final Logger LOG = LoggerFactory.getLogger(SgMain.class);

    @Mixin
    private NodeOptions options;

    @Mixin
    private SgOptions sg;

    private SgConfig config;
    private TrafficConfig traffic;
    private List<ReplayCall> captured = List.of();
    private CallRecords records;
    private ReplayPlayer player;
    private boolean replayed;
    private Trunk trunk;

    @Override
    public Integer call() throws Exception {
        config = sg.config();
        traffic = sg.traffic();
        captured = sg.replay == null ? List.of() : Captures.read(sg.replay);
        records = new CallRecords(sg.records);
        return new NodeRunner<>(this, options).run();
    }

    @Override
    public String name() {
        return "sg";
    }

    @Override
    public int sctpPort() {
        return 0;
    }

    @Override
    public SgNode create(final SctpEndpoint endpoint, final AsapConfig asap, final RandomGenerator random) {
        return new SgNode(config, asap, endpoint, random, records);
    }

    @Override
    public List<String> settings() {
        final List<String> lines = new ArrayList<>();
        lines.add("circuits " + config.firstCic() + " to " + (config.firstCic() + config.circuits() - 1)
            + " from point code " + config.opc() + " to " + config.dpc());
        if (!captured.isEmpty()) {
            lines.add("replays " + captured.size() + " captured call(s) of " + sg.replay + ", " + sg.replaySpeed
                + " times as fast");
        }
        if (traffic != null) {
            lines.add("places " + traffic.calls() + " calls at " + traffic.perSecond() + " per second, "
                + (traffic.poisson() ? "Poisson" : "even") + ", to " + traffic.calledPrefix()
                + "..., mean holding time " + sg.holdMs + " ms");
        }
        return lines;
    }

    @Override
    public void describe(final SgNode node, final MetricsBook book) {
        book.counters(SgCounter.class, node.core().counters());
        book.counters(AsapCounter.class, node.stack().counters());
        book.gauge("sg_calls_now", "Calls in whatever state.", node.core()::active);
        book.gauge("sg_sessions", "Sessions with gateway controllers.", node.stack()::sessions);
    }

    @Override
    public AsapStack stack(final SgNode node) {
        return node.stack();
    }

    @Override
    public void started(final SgNode node, final Runnable wakeUp, final EventLog events) {
        records.to(events);
        node.openInbox(InboxConfig.defaults(), wakeUp);
        events.event("up");
        if (captured.isEmpty()) {
            replayed = true;
        } else {
            player = new ReplayPlayer(node.core(), captured, sg.replaySpeed, System.nanoTime());
            node.play(player);
            wakeUp.run();
        }
    }

    @Override
    public void tick(final SgNode node, final EventLog events, final long nowNs) {
        records.flush();
        if (!replayed && player.isDone(nowNs)) {
            replayed = true;
            tellReplay(events);
        }
        if (replayed && trunk == null && traffic != null && !node.isDraining()) {
            trunk = new Trunk(new CallGenerator(traffic, new SecureRandom(), nowNs), node);
        }
        if (trunk != null) {
            if (node.isDraining()) {
                trunk.stop();
            }
            final Counters c = node.core().counters();
            events.event("progress", "offered", offered(c), "active", node.core().active(), "ended", ended(c), "lost",
                c.get(SgCounter.CALLS_LOST));
        }
    }

    private long offered(final Counters c) {
        return c.get(SgCounter.CALLS_OFFERED) + (trunk == null ? 0 : trunk.busy());
    }

    private long ended(final Counters c) {
        return c.get(SgCounter.CALLS_COMPLETED) + c.get(SgCounter.CALLS_BUSY) + c.get(SgCounter.CALLS_NO_ANSWER)
            + c.get(SgCounter.CALLS_ABANDONED) + c.get(SgCounter.CALLS_REJECTED) + c.get(SgCounter.CALLS_LOST)
            + blocked(c);
    }

    private long blocked(final Counters c) {
        return c.get(SgCounter.CALLS_BLOCKED) + (trunk == null ? 0 : trunk.busy());
    }

    private void tellReplay(final EventLog events) {
        final long good = captured.stream().filter(ReplayCall::isGood).count();
        events.event("replay", "calls", captured.size(), "forward",
            captured.stream().mapToInt(ReplayCall::played).sum(), "seen",
            captured.stream().mapToInt(ReplayCall::seenInOrder).sum(), "expected",
            captured.stream().mapToInt(c -> c.expected().size()).sum(), "ok", good == captured.size());
        LOG.info("replay: {} of {} call(s) went as captured", good, captured.size());
        for (final ReplayCall call : captured) {
            if (!call.isGood()) {
                LOG.warn("circuit {}: expected {}, seen {}{}", call.cic(), call.expected(), call.seen(),
                    call.hasForward() ? ", not everything could be played" : "");
            }
        }
    }

    @Override
    public boolean isFinished(final SgNode node) {
        final Counters c = node.core().counters();
        return replayed && (traffic == null || trunk != null && trunk.isDone()
            && c.get(SgCounter.CALLS_OFFERED) >= captured.size() + trunk.placed()) && node.core().isQuiet();
    }

    @Override
    public int ended(final SgNode node, final EventLog events) {
        records.flush();
        final Counters c = node.core().counters();
        events.event("end", "offered", offered(c), "ended", ended(c), "completed", c.get(SgCounter.CALLS_COMPLETED),
            "busy", c.get(SgCounter.CALLS_BUSY), "noanswer", c.get(SgCounter.CALLS_NO_ANSWER), "abandoned",
            c.get(SgCounter.CALLS_ABANDONED), "rejected", c.get(SgCounter.CALLS_REJECTED), "blocked", blocked(c),
            "lost", c.get(SgCounter.CALLS_LOST), "doubled", c.get(SgCounter.CALLS_DOUBLED));
        LOG.info("calls offered {}, completed {}, busy {}, no answer {}, given up by the caller {}, rejected {}, "
            + "blocked {}, lost {}, doubled {}", offered(c), c.get(SgCounter.CALLS_COMPLETED),
            c.get(SgCounter.CALLS_BUSY), c.get(SgCounter.CALLS_NO_ANSWER), c.get(SgCounter.CALLS_ABANDONED),
            c.get(SgCounter.CALLS_REJECTED), blocked(c), c.get(SgCounter.CALLS_LOST), c.get(SgCounter.CALLS_DOUBLED));
        final boolean good = c.get(SgCounter.CALLS_LOST) == 0 && c.get(SgCounter.CALLS_DOUBLED) == 0
            && captured.stream().allMatch(ReplayCall::isGood);
        return good ? 0 : 1;
    }
}
