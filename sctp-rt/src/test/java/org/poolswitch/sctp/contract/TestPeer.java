// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** One end of a test, written down: everything it hears, looked at from the test's thread. */
public final class TestPeer implements NodeMachine, SctpListener {
    /** COMMUNICATION UP. */
    public record Up(int association, SctpAddress remote, boolean incoming, int out, int in) {
    }

    /** A message. */
    public record Message(int association, int stream, int ppid, boolean unordered, byte[] payload) {
        /** The payload as text, for assertions. */
        public String text() {
            return new String(payload, java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    /** The end. */
    public record Down(int association, DownCause cause, List<UndeliveredMessage> undelivered) {
    }

    /** A path changed. */
    public record PathChange(int association, InetAddress remoteHost, PathState state) {
    }

    private final SctpEndpoint endpoint;
    private final Runnable onEvent;
    private final List<Up> ups = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final Map<Integer, Down> downs = new HashMap<>();
    private final List<Integer> sendable = new ArrayList<>();
    private final List<PathChange> pathChanges = new ArrayList<>();
    private final List<UndeliveredMessage> abandoned = new ArrayList<>();
    private final Map<Integer, Boolean> suspects = new HashMap<>();
    private boolean echo;

    TestPeer(final SctpEndpoint endpoint, final Runnable onEvent) {
        this.endpoint = endpoint;
        this.onEvent = onEvent;
    }

    SctpEndpoint endpoint() {
        return endpoint;
    }

    /** From now on sends every message back where it came from. */
    synchronized void echo() {
        echo = true;
    }

    synchronized List<Up> ups() {
        return List.copyOf(ups);
    }

    synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    synchronized int messageCount() {
        return messages.size();
    }

    synchronized Down down(final int association) {
        return downs.get(association);
    }

    synchronized int downCount() {
        return downs.size();
    }

    synchronized List<PathChange> pathChanges() {
        return List.copyOf(pathChanges);
    }

    synchronized List<UndeliveredMessage> abandoned() {
        return List.copyOf(abandoned);
    }

    /** What the newest onAssociationSuspect said, or null if there was none. */
    synchronized Boolean suspect(final int association) {
        return suspects.get(association);
    }

    synchronized boolean wasSendable(final int association) {
        return sendable.contains(association);
    }

    @Override
    public synchronized void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        ups.add(new Up(association, remote, incoming, outStreams, inStreams));
        onEvent.run();
    }

    @Override
    public synchronized void onMessage(final int association, final int stream, final int ppid,
        final boolean unordered, final byte[] buffer, final int offset, final int length, final long nowNs) {
        messages.add(new Message(association, stream, ppid, unordered,
            Arrays.copyOfRange(buffer, offset, offset + length)));
        if (echo) {
            endpoint.send(association, stream, ppid, unordered, buffer, offset, length, nowNs);
        }
        onEvent.run();
    }

    @Override
    public synchronized void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
        if (Boolean.valueOf(suspect).equals(suspects.put(association, suspect))) {
            throw new IllegalStateException("association " + association + " told the same of its peer twice");
        }
        onEvent.run();
    }

    @Override
    public synchronized void onPathState(final int association, final InetAddress remoteHost, final PathState state,
        final long nowNs) {
        pathChanges.add(new PathChange(association, remoteHost, state));
        onEvent.run();
    }

    @Override
    public synchronized void onMessageAbandoned(final int association, final UndeliveredMessage message,
        final long nowNs) {
        abandoned.add(message);
        onEvent.run();
    }

    @Override
    public synchronized void onSendable(final int association, final long nowNs) {
        sendable.add(association);
        onEvent.run();
    }

    @Override
    public synchronized void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        if (downs.putIfAbsent(association, new Down(association, cause, undelivered)) != null) {
            throw new IllegalStateException("association " + association + " went down twice");
        }
        onEvent.run();
    }

    @Override
    public SctpListener sctpListener() {
        return this;
    }

    @Override
    public long nextDeadlineNs() {
        return NO_DEADLINE;
    }

    @Override
    public void onDeadline(final long nowNs) {
        // no timers
    }
}
