// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.poolswitch.perf.load.PlainNode;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * Our end of an interop run: one association on which the messages of the {@link Pattern} go both ways as fast as the
 * transport takes them. Who connected shuts down when all is there. What the futures give was written before they
 * were completed.
 */
final class PatternNode extends PlainNode {
    /** How an association ended. */
    record End(DownCause cause, List<UndeliveredMessage> undelivered, long atNs) {
    }

    private final SctpAddress remote;
    private final int messages;
    private final Pattern pattern;
    private final Verdict verdict;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final Map<InetAddress, PathState> worst = new ConcurrentHashMap<>();
    private int association;
    private int accepted;
    private int abandoned;
    private boolean keepsLast;
    private volatile boolean hasAll;
    private boolean saidGoodbye;
    private volatile long lastNs;
    private long longestGapNs;

    /**
     * @param remote   whom to connect to, or null to wait for the peer
     * @param messages how many go each way
     */
    PatternNode(final SctpEndpoint endpoint, final SctpAddress remote, final int messages, final int streams) {
        super(endpoint);
        this.remote = remote;
        this.messages = messages;
        this.pattern = new Pattern(remote == null, streams);
        this.verdict = new Verdict(new Pattern(remote != null, streams), messages);
    }

    /** Keeps the last message back until {@link #letGo}, so that the association goes on; before the start. */
    void keepLast() {
        keepsLast = true;
    }

    /** Lets the last message go; on the node's thread. */
    void letGo(final long nowNs) {
        keepsLast = false;
        if (association != 0 && !end.isDone()) {
            pump(nowNs);
        }
    }

    @Override
    public void onStart(final long nowNs) {
        if (remote != null) {
            association = endpoint().connect(remote, nowNs);
        }
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress peer, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        association = id;
        lastNs = nowNs;
        pump(nowNs);
    }

    @Override
    public void onSendable(final int id, final long nowNs) {
        pump(nowNs);
    }

    private void pump(final long nowNs) {
        while (accepted < (keepsLast ? messages - 1 : messages)
            && pattern.send(endpoint(), association, accepted, nowNs) == SendStatus.ACCEPTED) {
            accepted++;
        }
        sayGoodbyeIfDone(nowNs);
    }

    @Override
    public void onMessage(final int id, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        verdict.judge(stream, ppid, unordered, buffer, offset, length);
        longestGapNs = Math.max(longestGapNs, nowNs - lastNs);
        lastNs = nowNs;
        hasAll = verdict.messages() == messages;
        sayGoodbyeIfDone(nowNs);
    }

    private void sayGoodbyeIfDone(final long nowNs) {
        if (remote != null && !saidGoodbye && accepted == messages && verdict.messages() == messages) {
            saidGoodbye = true;
            endpoint().shutdown(association, nowNs);
        }
    }

    @Override
    public void onMessageAbandoned(final int id, final UndeliveredMessage message, final long nowNs) {
        abandoned++;
    }

    @Override
    public void onPathState(final int id, final InetAddress host, final PathState state, final long nowNs) {
        worst.merge(host, state, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        // the clock itself: a node is told of what it may have had to wait for
        end.complete(new End(cause, List.copyOf(undelivered), System.nanoTime()));
    }

    /** Completes at the end of the association. */
    CompletableFuture<End> end() {
        return end;
    }

    /** Messages that the transport took; to be read after the end. */
    int accepted() {
        return accepted;
    }

    /** Messages that were given up though the association lived; to be read after the end. */
    int abandoned() {
        return abandoned;
    }

    /** What came in; to be read after the end. */
    Verdict verdict() {
        return verdict;
    }

    /** Longest time without a message; to be read after the end. */
    long longestGapNs() {
        return longestGapNs;
    }

    /** Whether all messages have come; any thread. */
    boolean hasAll() {
        return hasAll;
    }

    /** How long ago the last message came; any thread. */
    long silentNs() {
        return System.nanoTime() - lastNs;
    }

    /** The worst state that each path was in. */
    Map<InetAddress, PathState> worstPathStates() {
        return worst;
    }

    /** What the messages we sent look like. */
    Pattern pattern() {
        return pattern;
    }

    @Override
    public void beginDrain(final long nowNs) {
        endpoint().shutdown(association, nowNs);
    }

    @Override
    public boolean isDrained() {
        return end.isDone();
    }
}
