// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.runtime.Inbox;
import org.poolswitch.runtime.InboxConfig;
import org.poolswitch.runtime.InboxSlot;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;

/** A signaling gateway: its circuits on an ASAP stack, an inbox for trunk threads, and the captures it plays. */
public final class SgNode implements NodeMachine {
    private static final int PLACE = 1;
    private static final long NO_KEY = 0;

    private final AsapStack stack;
    private final SgCore core;
    private Inbox inbox;
    private ReplayPlayer replay;
    private CallGenerator generator;
    private boolean draining;

    public SgNode(final SgConfig config, final AsapConfig asap, final SctpEndpoint endpoint,
        final RandomGenerator random, final SgObserver observer) {
        stack = new AsapStack(asap, endpoint, random);
        core = new SgCore(config, stack.user(), observer);
    }

    public SgCore core() {
        return core;
    }

    public AsapStack stack() {
        return stack;
    }

    /** Makes the inbox by which trunk threads place calls. */
    public void openInbox(final InboxConfig config, final Runnable waker) {
        inbox = new Inbox(config, waker);
    }

    /**
     * Places a call, from any thread.
     *
     * @return false if the ring is full: answer congestion, do not wait
     */
    public boolean tryPlace(final CallRequest request) {
        final String text = request.index() + " " + request.giveUpNs() + " " + request.holdNs() + " "
            + request.called() + " " + request.calling();
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return inbox.tryPublish(PLACE, NO_KEY, request.intendedNs(), bytes, 0, bytes.length);
    }

    private void onInput(final InboxSlot slot, final long nowNs) {
        final String[] words = new String(slot.data(), 0, slot.length(), StandardCharsets.US_ASCII).split(" ", -1);
        core.place(new CallRequest(Long.parseLong(words[0]), slot.intendedNs(), words[3], words[4],
            Long.parseLong(words[1]), Long.parseLong(words[2])), nowNs);
    }

    /** Starts to play captured calls. */
    public void play(final ReplayPlayer player) {
        replay = player;
    }

    /** Places calls from a generator on this node's own thread: for the simulator. */
    public void generate(final CallGenerator calls) {
        generator = calls;
    }

    @Override
    public void onStart(final long nowNs) {
        stack.start(nowNs);
    }

    @Override
    public SctpListener sctpListener() {
        return stack;
    }

    @Override
    public int pollInbox(final int limit, final long nowNs) {
        return inbox == null ? 0 : inbox.poll(this::onInput, limit, nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        long next = Math.min(stack.nextDeadlineNs(), core.nextDeadlineNs());
        if (replay != null) {
            next = Math.min(next, replay.nextDeadlineNs());
        }
        if (generator != null && !generator.isDone() && !draining) {
            next = Math.min(next, generator.nextNs());
        }
        return next;
    }

    @Override
    public void onDeadline(final long nowNs) {
        stack.onDeadline(nowNs);
        core.onDeadline(nowNs);
        if (replay != null) {
            replay.onDeadline(nowNs);
        }
        while (generator != null && !draining && !generator.isDone() && generator.nextNs() <= nowNs) {
            core.place(generator.take(), nowNs);
        }
    }

    @Override
    public void onClockJump(final long pausedNs, final long nowNs) {
        stack.onClockJump(pausedNs, nowNs);
    }

    /** Places no new calls; those that exist run to their end. */
    @Override
    public void beginDrain(final long nowNs) {
        draining = true;
    }

    /** True once no new calls are placed. */
    public boolean isDraining() {
        return draining;
    }

    @Override
    public boolean isDrained() {
        return core.isQuiet();
    }
}
