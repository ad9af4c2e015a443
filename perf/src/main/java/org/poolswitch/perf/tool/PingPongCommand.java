// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.EventLog;
import org.poolswitch.launch.MetricsBook;
import org.poolswitch.launch.Millis;
import org.poolswitch.launch.NodeApp;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.launch.NodeRunner;
import org.poolswitch.sctp.SctpEndpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code poolswitch ping-pong}: a pool user that anybody can watch. */
@Command(name = "ping-pong", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Pings a pool, RSPLIB's way, and tells what happens when its elements die.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:every ping was answered", "1:some were not", "2:wrong option",
        "4:no such pool, or nobody in it answers", "5:no registrar answered"})
public final class PingPongCommand implements Callable<Integer>, NodeApp<PingPongUser>, PingPongUser.Observer {
    @Parameters(paramLabel = "HANDLE", defaultValue = "PingPongPool",
        description = "The pool (default: ${DEFAULT-VALUE}).")
    private String handle;

    @Option(names = "--count", paramLabel = "N", defaultValue = "10",
        description = "Pings to send (default: ${DEFAULT-VALUE}).")
    private long count;

    @Option(names = "--interval-ms", paramLabel = "MS", defaultValue = "500",
        description = "Time from one ping to the next (default: ${DEFAULT-VALUE}).")
    private long intervalMs;

    @Option(names = "--patience-ms", paramLabel = "MS", defaultValue = "10000",
        description = "How long after the last ping pongs are waited for (default: ${DEFAULT-VALUE}).")
    private long patienceMs;

    @Option(names = "--quiet", description = "Print only failovers and the summary.")
    private boolean quiet;

    @Mixin
    private NodeOptions options;

    private byte[] octets;
    private long intervalNs;
    private long patienceNs;
    private long startNs;

    @Override
    public Integer call() throws Exception {
        octets = HandleText.parse(handle);
        if (count < 1) {
            throw new ConfigException("--count is at least 1, not " + count);
        }
        intervalNs = Millis.toNs("--interval-ms", intervalMs, 1);
        patienceNs = Millis.toNs("--patience-ms", patienceMs, 1);
        return new NodeRunner<>(this, options).run();
    }

    @Override
    public String name() {
        return "ping-pong";
    }

    @Override
    public int sctpPort() {
        return 0;
    }

    @Override
    public PingPongUser create(final SctpEndpoint endpoint, final AsapConfig asap, final RandomGenerator random) {
        startNs = System.nanoTime();
        // RSPLIB's server holds one session an association, and answers on stream 0 whatever it was asked on
        return new PingPongUser(asap.withBounds(asap.bounds().withSessions(1, 1).withPreconnect(0)), endpoint, random,
            octets, count, intervalNs, patienceNs, this);
    }

    @Override
    public List<String> settings() {
        return List.of(count + " pings to pool " + HandleText.of(octets) + ", one each " + intervalMs + " ms");
    }

    @Override
    public void describe(final PingPongUser node, final MetricsBook book) {
        book.counters(AsapCounter.class, node.stack().counters());
    }

    @Override
    public AsapStack stack(final PingPongUser node) {
        return node.stack();
    }

    @Override
    public boolean isFinished(final PingPongUser node) {
        return node.isOver();
    }

    private void say(final long nowNs, final String text, final Object... values) {
        System.out.printf(Locale.ROOT, "%9.3f s  %s%n", (nowNs - startNs) / 1e9,
            String.format(Locale.ROOT, text, values));
    }

    @Override
    public void onPong(final int element, final long number, final long reply, final long nowNs) {
        if (!quiet) {
            say(nowNs, "pong %d from %s, reply %d", number, ElementText.id(element), reply);
        }
    }

    @Override
    public void onFailover(final Failover failover, final long nowNs) {
        say(nowNs, "failover from %s (%s) to %s, %s, %d pings sent again", ElementText.id(failover.fromElement()),
            failover.cause().name().toLowerCase(Locale.ROOT), ElementText.id(failover.toElement()),
            failover.hadCookie() ? "with a cookie" : "without a cookie", failover.resentMessages());
    }

    @Override
    public void onFailed(final SessionFailure reason, final long nowNs) {
        say(nowNs, "the session failed: %s", text(reason));
    }

    private static String text(final SessionFailure reason) {
        return switch (reason) {
            case UNKNOWN_POOL -> "the registrar knows no such pool";
            case NO_ELEMENT -> "every element was tried in vain";
            case OTHER_TRANSPORT -> "the pool is not reached by SCTP";
            case NO_REGISTRAR -> "no registrar answered";
            case QUEUE_AGE -> "no element could be had in time";
        };
    }

    @Override
    public int ended(final PingPongUser node, final EventLog events) {
        say(System.nanoTime(), "%d sent, %d answered, %d failovers, longest gap %.1f ms, %d breaks in the reply "
            + "numbers", node.sent(), node.answered(), node.failovers(), node.longestGapNs() / 1e6, node.replyGaps());
        events.event("pingpong", "sent", node.sent(), "answered", node.answered(), "failovers", node.failovers(),
            "longestgap", node.longestGapNs(), "breaks", node.replyGaps());
        System.out.flush();
        if (node.answered() == 0 && node.failure() != null) {
            return node.failure() == SessionFailure.NO_REGISTRAR ? ResolveCommand.NO_REGISTRAR
                : ResolveCommand.UNKNOWN_POOL;
        }
        return node.answered() == count ? 0 : 1;
    }
}
