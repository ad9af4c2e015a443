// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpConfig;

/** One {@link InteropCase}, inside the guest: starts both sides, does what the condition says, judges. */
final class InteropRun {
    static final int STREAMS = 8;
    /** Fewer, and a run might be over before its fault strikes. */
    static final int LEAST_MESSAGES = 10_000;
    /** More messages than go through before a fault ends a run. */
    private static final int ENDLESS = 1_000_000;
    /** Messages that the peer has received when a fault strikes. */
    private static final int TRIGGER = 3_000;
    /** A run moves 100,000 messages each way in some twenty seconds; a busy machine may take several times that. */
    private static final long WHOLE_SECONDS = 300;
    /** Until the middle of a run, slow guest included. */
    private static final long START_SECONDS = 90;
    /** Seconds that the peer may take to notice that a path is cut. */
    private static final long PATH_SECONDS = 45;
    /** Seconds until the peer has said how it went, once the association is over. */
    private static final long SUMMARY_SECONDS = 60;
    /** Some 130 ms with the carrier profile, a second with --quick; what is more is patience with a busy machine. */
    private static final long NOTICE_MS = 20_000;
    /** Without a message for so long, a peer that has more to send has stopped. */
    private static final long STOPPED_NS = 5_000_000_000L;
    private static final long HANG_MS = 300;
    /**
     * Association.Max.Retrans of kernels while one of two paths is cut. With 6, a Linux that the guest's only processor
     * serves late takes the other path for potentially failed as well, sends its SACKs to the cut one, and both kernels
     * give each other up before the cut path is inactive. What this run is about is the path.
     */
    static final int PATIENT_RETRANS = 100;
    private static final long LOOK_MS = 100;
    private static final double MS = 1e6;

    private final InteropCase run;
    private final Path programs;
    private final Path out;
    private final int messages;
    private final Referee referee = new Referee();
    private final StringBuilder values = new StringBuilder();

    InteropRun(final InteropCase run, final Path programs, final Path out, final int messages) {
        this.run = run;
        this.programs = programs;
        this.out = out;
        this.messages = run.condition().isWhole() ? messages : ENDLESS;
    }

    private int paths() {
        return run.condition() == Condition.PATH_CUT || run.condition() == Condition.SILENCE ? 2 : 1;
    }

    /** Where the packets of a run are, next to its log. */
    static Path capture(final Path out, final InteropCase run) {
        return out.resolve(run.name() + (run.peer().overUdp() ? ".pcap" : ".pcapng"));
    }

    /**
     * Plays the case.
     *
     * @return what was wrong, empty if nothing was
     */
    String play() throws Exception {
        RigNetwork.shape(0, run.condition().netem());
        RigNetwork.shape(1, "");
        if (run.condition() == Condition.PATH_CUT) {
            InteropGuest.applyAdvice(SctpConfig.carrier().with("Association.Max.Retrans=" + PATIENT_RETRANS));
        }
        final Sniffer sniffer = run.peer().overUdp() ? null : Sniffer.start(capture(out, run));
        try {
            if (run.condition() == Condition.OURS_KILLED) {
                killOurs();
            } else if (run.condition().hasFixedPorts()) {
                new FixedPortRun(run, programs, capture(out, run), referee).play();
            } else {
                playBoth();
            }
        } finally {
            if (sniffer != null) {
                sniffer.close();
            }
        }
        return referee.verdict();
    }

    /** What was measured: words {@code key=value}. */
    String values() {
        return values.toString().trim();
    }

    private void value(final String key, final double value) {
        values.append(String.format(Locale.ROOT, " %s=%." + (value < 100 ? 1 : 0) + "f", key, value));
    }

    private TheirSide theirs() throws IOException, InterruptedException {
        return TheirSide.start(programs, run, paths(), messages, STREAMS);
    }

    /** Whoever listens is started first. */
    private void playBoth() throws Exception {
        final TheirSide early = run.listening() ? null : theirs();
        try (OurSide ours = OurSide.start(run, paths(), messages, STREAMS, capture(out, run));
            TheirSide theirs = early == null ? theirs() : early) {
            final long begun = System.nanoTime();
            try {
                if (theirs.await("received " + TRIGGER, START_SECONDS) == null) {
                    throw new TimeoutException("no traffic");
                }
                faultAndEnd(ours, theirs);
            } catch (final TimeoutException e) {
                referee.demand(false, "it hangs: " + ours.node().verdict() + ", sent " + ours.node().accepted()
                    + ", ended " + ours.node().end().isDone() + "; theirs: " + theirs.text());
            }
            value("seconds", (System.nanoTime() - begun) / 1e9);
        }
    }

    private void faultAndEnd(final OurSide ours, final TheirSide theirs) throws Exception {
        final PatternNode node = ours.node();
        if (run.condition() == Condition.PEER_KILLED && run.peer() != PeerKind.USRSCTP) {
            // for a process that has read everything its kernel says goodbye, and acknowledges all that is on the way:
            // a peer that hangs before it is killed leaves something unread, and the kernel aborts
            theirs.stop();
            Thread.sleep(HANG_MS);
        }
        final long struck = System.nanoTime();
        switch (run.condition()) {
            case PEER_KILLED -> {
                theirs.kill();
                lost(node, struck);
            }
            case SILENCE -> {
                RigNetwork.cut(0);
                RigNetwork.cut(1);
                lost(node, struck);
                silenceJudged(node, theirs);
            }
            case PATH_CUT -> {
                RigNetwork.cut(0);
                // a quick machine would be done before the peer's timers are
                theirs.await("path " + RigNetwork.ours(0) + " unreachable", PATH_SECONDS);
                ours.awaitPathDown(InetAddress.getByName(RigNetwork.theirs(0)), PATH_SECONDS);
                ours.letGo();
                if (peerStopsSending(node, theirs)) {
                    values.append(" peer_stopped_sending=1");
                    referee.clean(node.verdict()).demand(node.accepted() == messages, "we sent " + node.accepted());
                } else {
                    whole(node, theirs);
                    value("longest_gap_ms", node.longestGapNs() / MS);
                }
                referee.pathDown(node.worstPathStates().get(InetAddress.getByName(RigNetwork.theirs(0))))
                    .demand(theirs.await("path " + RigNetwork.ours(0) + " unreachable", 0) != null,
                        "the peer never noticed that a path is cut: " + theirs.text());
            }
            default -> whole(node, theirs);
        }
    }

    /**
     * With two paths, usrsctp 0.9.5 now and then stops in the middle of a long message and sends no more DATA, though
     * it acknowledges all of ours and answers HEARTBEATs; between two usrsctp it is the same. Then our direction is
     * judged alone.
     */
    private boolean peerStopsSending(final PatternNode node, final TheirSide theirs) throws Exception {
        while (run.peer() == PeerKind.USRSCTP && !node.end().isDone()) {
            if (theirs.await("received " + messages, 1) != null && node.silentNs() > STOPPED_NS) {
                return !node.hasAll();
            }
            // what was said once is answered at once: the guest's only processor has better things to do
            Thread.sleep(LOOK_MS);
        }
        return false;
    }

    private void whole(final PatternNode node, final TheirSide theirs) throws Exception {
        final PatternNode.End end = node.end().get(WHOLE_SECONDS, TimeUnit.SECONDS);
        final String summary = theirs.await("summary", SUMMARY_SECONDS);
        if (summary == null) {
            referee.demand(false, "our end: " + end.cause() + ", " + node.verdict() + "; the peer does not end: "
                + theirs.text());
            return;
        }
        referee.whole(node, end, messages, summary);
        value("messages", 2.0 * messages);
        value("our_MB", node.verdict().octets() / 1e6);
    }

    private void lost(final PatternNode node, final long struck) throws Exception {
        final PatternNode.End end = node.end().get(START_SECONDS, TimeUnit.SECONDS);
        final double ms = (end.atNs() - struck) / MS;
        value("noticed_ms", ms);
        value("accepted", node.accepted());
        value("handed_back", end.undelivered().size());
        values.append(" cause=").append(end.cause());
        referee.demand(ms <= NOTICE_MS, "noticed only after " + (long) ms + " ms")
            .demand(end.cause() != DownCause.SHUTDOWN, "a dead peer said goodbye")
            .demand(!end.undelivered().isEmpty(), "nothing came back of " + node.accepted())
            .demand(node.verdict().messages() < messages, "the fault came too late")
            .demand(node.abandoned() == 0, node.abandoned() + " messages without a lifetime were given up")
            .clean(node.verdict()).handedBack(node.pattern(), node.accepted(), end.undelivered());
    }

    /** The peer lives: it can say whether what did not come back had really arrived. */
    private void silenceJudged(final PatternNode node, final TheirSide theirs) throws Exception {
        final String summary = theirs.await("summary", START_SECONDS);
        if (summary == null) {
            referee.demand(false, "the peer never noticed the silence: " + theirs.text());
            return;
        }
        final long received = Long.parseLong(TheirSide.value(summary, "received"));
        final int back = node.end().get().undelivered().size();
        value("peer_received", received);
        referee.theirsClean(summary).demand(received >= node.accepted() - back, "of " + node.accepted() + " messages "
            + back + " came back and " + received + " arrived: some are lost without a word");
    }

    private void killOurs() throws Exception {
        final TheirSide early = run.listening() ? null : theirs();
        try (OurProcess ours = OurProcess.start(run, out, messages);
            TheirSide theirs = early == null ? theirs() : early) {
            if (theirs.await("received " + TRIGGER, START_SECONDS) == null) {
                referee.demand(false, "there was no traffic: " + theirs.text());
                return;
            }
            final long struck = System.nanoTime();
            ours.kill();
            final String summary = theirs.await("summary", START_SECONDS);
            final double ms = (System.nanoTime() - struck) / MS;
            value("noticed_ms", ms);
            if (summary == null) {
                referee.demand(false, "the peer never noticed: " + theirs.text());
                return;
            }
            final String end = TheirSide.value(summary, "end");
            values.append(" their_end=").append(end);
            referee.theirsClean(summary).demand(ms <= NOTICE_MS, "the peer noticed only after " + (long) ms + " ms")
                .demand(end.equals("lost") || end.equals("shutdown") && run.peer() == PeerKind.KERNEL,
                    "the peer's end: " + summary);
        }
    }
}
