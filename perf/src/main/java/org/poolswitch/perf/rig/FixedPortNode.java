// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.poolswitch.perf.load.PlainNode;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * Our end of a {@link FixedPortRun}. It sends without an end to the peer that is to be killed, and so many messages to
 * the one that says goodbye. What the futures give was written before they were completed.
 */
final class FixedPortNode extends PlainNode {
    /** More messages than go through before the peer is killed. */
    static final int ENDLESS = 1_000_000;

    /** One association, from its beginning to its end. */
    record Life(int peerPort, DownCause cause, Verdict verdict, int accepted, List<UndeliveredMessage> undelivered) {
    }

    private final SctpAddress remote;
    private final int messages;
    private final int streams;
    private final Pattern pattern;
    private final CompletableFuture<Void> up = new CompletableFuture<>();
    private final CompletableFuture<Life> killed = new CompletableFuture<>();
    private final CompletableFuture<Life> ended = new CompletableFuture<>();
    private boolean endless;
    private Verdict verdict;
    private int association;
    private int peerPort;
    private int accepted;

    /** @param remote whom to call, or null to be called, and called again by the next process of a peer that died */
    FixedPortNode(final SctpEndpoint endpoint, final SctpAddress remote, final int messages, final int streams) {
        super(endpoint);
        this.remote = remote;
        this.messages = messages;
        this.streams = streams;
        this.endless = remote == null;
        this.pattern = new Pattern(true, streams);
    }

    @Override
    public void onStart(final long nowNs) {
        if (remote != null) {
            endpoint().connect(remote, nowNs);
        }
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress peer, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        association = id;
        peerPort = peer.port();
        accepted = 0;
        verdict = new Verdict(new Pattern(false, streams), endless ? ENDLESS : messages);
        pump(nowNs);
        up.complete(null);
    }

    @Override
    public void onSendable(final int id, final long nowNs) {
        pump(nowNs);
    }

    private void pump(final long nowNs) {
        while ((endless || accepted < messages)
            && pattern.send(endpoint(), association, accepted, nowNs) == SendStatus.ACCEPTED) {
            accepted++;
        }
    }

    @Override
    public void onMessage(final int id, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        verdict.judge(stream, ppid, unordered, buffer, offset, length);
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        final Life life = new Life(peerPort, cause, verdict, accepted, List.copyOf(undelivered));
        (endless ? killed : ended).complete(life);
        endless = false;
    }

    /** Completes when the first association is there. */
    CompletableFuture<Void> up() {
        return up;
    }

    /** The association with the process that was killed. */
    CompletableFuture<Life> killed() {
        return killed;
    }

    /** The association with the process that said goodbye. */
    CompletableFuture<Life> ended() {
        return ended;
    }

    /** What we sent. */
    Pattern pattern() {
        return pattern;
    }

    @Override
    public void beginDrain(final long nowNs) {
        endpoint().shutdown(association, nowNs);
    }

    @Override
    public boolean isDrained() {
        return ended.isDone();
    }
}
