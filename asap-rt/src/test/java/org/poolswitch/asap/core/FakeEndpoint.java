// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sim.UnwiredEndpoint;

/** An endpoint without a network: the test plays every peer. */
final class FakeEndpoint extends UnwiredEndpoint {
    /** What the stack sent. */
    record Sent(int association, int stream, int ppid, byte[] payload) {
        int type() {
            return payload[0];
        }

        String text() {
            return new String(payload, java.nio.charset.StandardCharsets.US_ASCII);
        }
    }

    /** One association. */
    static final class Association {
        final int id;
        final SctpAddress remote;
        boolean up;
        boolean gone;
        int sendLimit = Integer.MAX_VALUE;
        long lastHeardNs = Long.MIN_VALUE;
        int probes;
        long probeAnsweredNs = Long.MIN_VALUE;
        final List<Sent> unacknowledged = new ArrayList<>();

        Association(final int id, final SctpAddress remote) {
            this.id = id;
            this.remote = remote;
        }
    }

    private interface Event {
        void deliver(SctpListener listener, long nowNs);
    }

    final Map<Integer, Association> associations = new TreeMap<>();
    final List<Sent> sent = new ArrayList<>();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private int next = 1;
    int connectLimit = Integer.MAX_VALUE;
    int outStreams = 4096;
    boolean blind;
    /** Our addresses that associations have; null = all. */
    List<InetAddress> localHosts;

    static SctpAddress address(final int host, final int port) {
        try {
            return SctpAddress.of(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host}), port, 9899);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    Association of(final SctpAddress remote) {
        Association found = null;
        for (final Association a : associations.values()) {
            if (!a.gone && a.remote.equals(remote)) {
                found = a;
            }
        }
        return found;
    }

    void up(final Association a, final boolean incoming, final long nowNs) {
        a.up = true;
        a.lastHeardNs = nowNs;
        events.add((l, now) -> l.onAssociationUp(a.id, a.remote, incoming, outStreams, outStreams, now));
    }

    Association incoming(final SctpAddress remote, final long nowNs) {
        final Association a = new Association(next++, remote);
        associations.put(a.id, a);
        up(a, true, nowNs);
        return a;
    }

    void down(final Association a, final DownCause cause) {
        if (a.gone) {
            return;
        }
        a.gone = true;
        final List<UndeliveredMessage> back = new ArrayList<>();
        for (final Sent s : a.unacknowledged) {
            back.add(new UndeliveredMessage(s.stream, s.ppid, false, true, s.payload));
        }
        events.add((l, now) -> l.onAssociationDown(a.id, cause, back, now));
    }

    void message(final Association a, final int stream, final int ppid, final byte[] payload, final long nowNs) {
        if (a.gone) {
            throw new IllegalStateException("a dead association speaks");
        }
        a.lastHeardNs = nowNs;
        // at an offset, so that nobody forgets it
        final byte[] buffer = new byte[payload.length + 7];
        System.arraycopy(payload, 0, buffer, 5, payload.length);
        events.add((l, now) -> l.onMessage(a.id, stream, ppid, false, buffer, 5, payload.length, now));
    }

    void suspect(final Association a, final boolean suspect) {
        events.add((l, now) -> l.onAssociationSuspect(a.id, suspect, now));
    }

    void sendable(final Association a, final int limit) {
        a.sendLimit = limit;
        events.add((l, now) -> l.onSendable(a.id, now));
    }

    List<Sent> take(final Association a) {
        final List<Sent> taken = new ArrayList<>();
        for (final Sent s : sent) {
            if (s.association == a.id) {
                taken.add(s);
            }
        }
        sent.removeAll(taken);
        return taken;
    }

    @Override
    public SctpAddress localAddress() {
        return address(1, 2905);
    }

    @Override
    public List<InetAddress> localHosts(final int association) {
        return localHosts == null ? localAddress().hosts() : localHosts;
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        if (associations.values().stream().filter(a -> !a.gone).count() >= connectLimit) {
            return CONNECT_FULL;
        }
        final Association a = new Association(next++, remote);
        associations.put(a.id, a);
        return a.id;
    }

    @Override
    public SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        final Association a = associations.get(association);
        if (a == null || a.gone) {
            return SendStatus.CLOSED;
        }
        if (stream < 0 || stream >= outStreams || length < 1) {
            return SendStatus.INVALID;
        }
        if (a.unacknowledged.size() >= a.sendLimit) {
            return SendStatus.FULL;
        }
        final Sent s = new Sent(association, stream, ppid, Arrays.copyOfRange(buffer, offset, offset + length));
        sent.add(s);
        a.unacknowledged.add(s);
        return SendStatus.ACCEPTED;
    }

    @Override
    public void probe(final int association, final long nowNs) {
        associations.get(association).probes++;
    }

    @Override
    public void shutdown(final int association, final long nowNs) {
        final Association a = associations.get(association);
        a.unacknowledged.clear();
        down(a, DownCause.SHUTDOWN);
    }

    @Override
    public void abort(final int association, final long nowNs) {
        down(associations.get(association), DownCause.LOCAL_ABORT);
    }

    @Override
    public long lastHeardNs(final int association) {
        final Association a = associations.get(association);
        return blind || a == null ? Long.MIN_VALUE : a.lastHeardNs;
    }

    @Override
    public long probeAnsweredNs(final int association) {
        return associations.get(association).probeAnsweredNs;
    }

    @Override
    public int poll(final SctpListener listener, final int limit, final long nowNs) {
        int n = 0;
        while (n < limit && !events.isEmpty()) {
            n++;
            events.poll().deliver(listener, nowNs);
        }
        return n;
    }
}
