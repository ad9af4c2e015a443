// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * RFC 9260 section 5.2, with the same port at both ends: a peer that is killed so that we do not hear of it, and whose
 * next process calls while our association stands; and a peer whose INIT meets ours.
 */
final class FixedPortRun {
    /** Each way, on the association that says goodbye. */
    private static final int MESSAGES = 500;
    private static final int PORT = TheirSide.SCTP_PORT;
    /** Until the next thing happens, slow guest included. */
    private static final long STEP_SECONDS = 90;
    /** Traffic before the peer is killed, and how long it then reads nothing of what still comes. */
    private static final long WHILE_MS = 400;
    private static final long LOOK_MS = 20;

    private final InteropCase run;
    private final Path programs;
    private final Path capture;
    private final Referee referee;

    FixedPortRun(final InteropCase run, final Path programs, final Path capture, final Referee referee) {
        this.run = run;
        this.programs = programs;
        this.capture = capture;
        this.referee = referee;
    }

    /** Plays it; the referee hears what was wrong. */
    void play() throws Exception {
        // a peer that is away for a while is not given up, nor is one that does not answer yet
        final SctpConfig patient = SctpConfig.carrier().with(
            "Association.Max.Retrans=500,Max.Init.Retransmits=500,Source.Port=" + (run.listening() ? 0 : PORT));
        InteropGuest.applyAdvice(patient);
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "ours");
        try (PcapWriter pcap = run.peer().overUdp() ? PcapWriter.create(capture, OurSide.CAPTURE_LIMIT) : null) {
            try {
                // in user space the port that we call from is the one that we listen on
                final SctpEndpoint endpoint = OurSide.open(shard, pcap, patient, address(true),
                    run.peer().overUdp() || run.listening());
                final FixedPortNode node =
                    new FixedPortNode(endpoint, run.listening() ? null : address(false), MESSAGES, InteropRun.STREAMS);
                if (run.condition() == Condition.RESTART) {
                    shard.start(endpoint, node);
                    restart(node);
                } else {
                    RigNetwork.cut(0);
                    shard.start(endpoint, node);
                    collide(node);
                }
            } catch (final TimeoutException e) {
                referee.demand(false, "it hangs: " + e.getMessage());
            } finally {
                shard.close();
                shard.termination().orTimeout(10, TimeUnit.SECONDS).join();
            }
        }
    }

    private SctpAddress address(final boolean ours) throws IOException {
        return new SctpAddress(RigNetwork.hosts(ours, 1), PORT,
            run.peer().overUdp() ? SctpAddress.DEFAULT_ENCAPSULATION_PORT : 0);
    }

    private TheirSide call(final int messages) throws IOException {
        return TheirSide.callFromFixedPort(programs, run, messages, InteropRun.STREAMS);
    }

    private void restart(final FixedPortNode node) throws Exception {
        try (TheirSide first = call(FixedPortNode.ENDLESS)) {
            within(node.up(), "the first process does not come up", first);
            Thread.sleep(WHILE_MS);
            // with something unread its kernel says ABORT for it, and not goodbye; nobody hears that
            first.stop();
            Thread.sleep(WHILE_MS);
            RigNetwork.cut(0);
        }
        final long silent = RigNetwork.dropped(0, false);
        try (TheirSide second = call(MESSAGES)) {
            // a host without an association would answer our DATA with ABORT: it hears us when it has called
            awaitDrop(false, silent, second);
            RigNetwork.shape(0, "");
            final FixedPortNode.Life killed = within(node.killed(), "the first association stands", second);
            referee.demand(killed.cause() == DownCause.PEER_RESTARTED, "the first association: " + killed.cause())
                .demand(killed.peerPort() == PORT, "its port was " + killed.peerPort()).clean(killed.verdict())
                .handedBack(node.pattern(), killed.accepted(), killed.undelivered())
                .demand(!killed.undelivered().isEmpty() && killed.undelivered().get(killed.undelivered().size() - 1)
                    .ppid() == Pattern.PPID_BASE + killed.accepted() - 1, "the last message did not come back");
            whole(node, second);
        }
    }

    private void collide(final FixedPortNode node) throws Exception {
        awaitDrop(true, 0, null);
        try (TheirSide theirs = call(MESSAGES)) {
            // neither has heard the other, and both have called
            awaitDrop(false, 0, theirs);
            RigNetwork.shape(0, "");
            whole(node, theirs);
        }
    }

    private void whole(final FixedPortNode node, final TheirSide theirs) throws Exception {
        final FixedPortNode.Life life = within(node.ended(), "no goodbye", theirs);
        final String summary = theirs.await("summary", STEP_SECONDS);
        referee.demand(life.cause() == DownCause.SHUTDOWN, "our end: " + life.cause())
            .demand(life.peerPort() == PORT, "its port is " + life.peerPort())
            .demand(life.verdict().messages() == MESSAGES, "of " + MESSAGES + " " + life.verdict())
            .demand(life.accepted() == MESSAGES, "we sent " + life.accepted())
            .demand(life.undelivered().isEmpty(), life.undelivered().size() + " messages came back")
            .clean(life.verdict())
            .demand(summary != null && TheirSide.value(summary, "end").equals("shutdown"), "their end: "
                + theirs.text());
        if (summary != null) {
            referee.theirsClean(summary);
        }
    }

    private static <T> T within(final CompletableFuture<T> what, final String otherwise, final TheirSide theirs)
        throws Exception {
        try {
            return what.get(STEP_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw (TimeoutException) new TimeoutException(otherwise + "; theirs: " + theirs.text()).initCause(e);
        }
    }

    private static void awaitDrop(final boolean ours, final long from, final TheirSide theirs) throws Exception {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_SECONDS);
        while (RigNetwork.dropped(0, ours) <= from) {
            if (System.nanoTime() > until) {
                throw new TimeoutException(ours ? "we do not call" : "the peer does not call: " + theirs.text());
            }
            Thread.sleep(LOOK_MS);
        }
    }
}
