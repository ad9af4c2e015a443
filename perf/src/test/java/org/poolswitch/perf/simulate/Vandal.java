// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** Opens associations to every node and sends it mutated and truncated messages of its own protocols. */
final class Vandal implements NodeMachine, SctpListener {
    /** A message of a real conversation, and where it belongs. */
    record Sample(int ppid, byte[] bytes) {
    }

    private static final long EVERY_NS = 3_000_000L;
    private final SctpEndpoint endpoint;
    private final RandomGenerator random;
    private final List<SctpAddress> targets;
    private final List<Sample> samples;
    private final Map<Integer, SctpAddress> up = new LinkedHashMap<>();
    private long nextNs;
    int sent;
    int answers;

    Vandal(final SctpEndpoint endpoint, final RandomGenerator random, final List<SctpAddress> targets,
        final List<Sample> samples) {
        this.endpoint = endpoint;
        this.random = random;
        this.targets = targets;
        this.samples = samples;
    }

    @Override
    public void onStart(final long nowNs) {
        nextNs = nowNs;
        targets.forEach(t -> endpoint.connect(t, nowNs));
    }

    private byte[] mutated(final byte[] original) {
        final byte[] b = random.nextInt(4) == 0 ? Arrays.copyOf(original, 1 + random.nextInt(original.length))
            : original.clone();
        for (int i = random.nextInt(6); i > 0; i--) {
            b[random.nextInt(b.length)] = (byte) random.nextInt();
        }
        return b;
    }

    @Override
    public void onDeadline(final long nowNs) {
        nextNs = nowNs + EVERY_NS;
        for (final int association : up.keySet()) {
            final Sample sample = samples.get(random.nextInt(samples.size()));
            final byte[] message = mutated(sample.bytes());
            endpoint.send(association, random.nextInt(20), random.nextInt(10) == 0 ? random.nextInt(64) : sample.ppid(),
                false, message, 0, message.length, nowNs);
            sent++;
        }
    }

    @Override
    public long nextDeadlineNs() {
        return nextNs;
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        up.put(association, remote);
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        answers++;
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        final SctpAddress remote = up.remove(association);
        if (remote != null) {
            endpoint.connect(remote, nowNs);
        }
    }

    @Override
    public SctpListener sctpListener() {
        return this;
    }
}
