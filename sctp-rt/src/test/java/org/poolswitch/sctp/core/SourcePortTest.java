// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.UndeliveredMessage;

/** Associations from a port that the user names: several from one, refusals, collisions, restarts (RFC 9260 5.2). */
class SourcePortTest {
    private static final int PORT = 2905;
    private static final int UDP = 9899;
    private static final long MS = 1_000_000L;

    /** A host; its packets wait until the test moves them. */
    private final class End implements SctpListener {
        final InetAddress host;
        final ArrayDeque<byte[]> out = new ArrayDeque<>();
        final ArrayDeque<InetAddress> to = new ArrayDeque<>();
        final List<String> events = new ArrayList<>();
        int seed;
        SctpEndpointCore core;

        End(final int last, final SctpConfig config) {
            host = Pair.host(last);
            seed = last;
            boot(config);
            ends.put(host, this);
        }

        /** A new process on this host, which knows nothing of the last. */
        void boot(final SctpConfig config) {
            seed += 100;
            out.clear();
            to.clear();
            core = new SctpEndpointCore(config, address(), true, new SplittableRandom(seed),
                (from, remote, port, packet, offset, length, at) -> {
                    out.add(Arrays.copyOfRange(packet, offset, offset + length));
                    to.add(remote);
                });
        }

        SctpAddress address() {
            return SctpAddress.of(host, PORT, UDP);
        }

        int call(final End other) {
            return core.connect(other.address(), now);
        }

        void say(final int association, final String text) {
            core.send(association, 0, 7, false, text.getBytes(StandardCharsets.US_ASCII), 0,
                text.length(), now);
        }

        @Override
        public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming,
            final int outStreams, final int inStreams, final long nowNs) {
            events.add((incoming ? "called " : "up ") + id + " port " + remote.port());
        }

        @Override
        public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] b,
            final int offset, final int length, final long nowNs) {
            events.add(id + ": " + new String(b, offset, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
            final long nowNs) {
            events.add("down " + id + " " + cause + " " + undelivered.size());
        }
    }

    private final Map<InetAddress, End> ends = new LinkedHashMap<>();
    private long now;

    private static SctpConfig fixed() {
        return SctpSettings.apply(SctpConfig.carrier(), "Source.Port=" + PORT);
    }

    /** One look at everybody's network: what was sent before arrives. */
    private void turn() {
        for (final End end : ends.values()) {
            end.core.onDeadline(now);
            end.core.poll(end, 1000, now);
            end.core.flush(now);
        }
        for (final End end : ends.values()) {
            while (!end.out.isEmpty()) {
                final End target = ends.get(end.to.poll());
                final byte[] packet = end.out.poll();
                target.core.onPacket(target.host, end.host, UDP, packet, 0, packet.length, now);
            }
        }
        now += MS;
    }

    private void run(final int turns) {
        for (int i = 0; i < turns; i++) {
            turn();
        }
        ends.values().forEach(end -> end.core.audit());
    }

    @Test
    void onePortCallsManyPeersAndEachOnlyOnce() {
        final End a = new End(1, fixed());
        final End y = new End(2, SctpConfig.carrier());
        final End z = new End(3, SctpConfig.carrier());
        final int first = a.call(y);
        final int second = a.call(z);
        assertThat(a.call(y)).isEqualTo(SctpEndpoint.CONNECT_IN_USE);
        run(20);
        assertThat(a.call(z)).isEqualTo(SctpEndpoint.CONNECT_IN_USE);
        assertThat(a.core.associationWith(z.address())).isEqualTo(second);
        assertThat(z.core.associationWith(a.address())).as("calls from any port").isZero();
        assertThat(a.core.counters().get(SctpCounter.REFUSED_IN_USE)).isEqualTo(2);
        a.say(first, "to y");
        a.say(second, "to z");
        run(20);
        assertThat(a.events).containsExactly("up 1 port 2905", "up 2 port 2905");
        assertThat(y.events).containsExactly("called 1 port 2905", "1: to y");
        assertThat(z.events).containsExactly("called 1 port 2905", "1: to z");
    }

    /** The other side's own call would make a second association between the same ports and addresses. */
    @Test
    void whoWasCalledFromThePortCannotCallItAgain() {
        final End a = new End(1, fixed());
        final End z = new End(2, fixed());
        a.call(z);
        run(20);
        assertThat(z.call(a)).isEqualTo(SctpEndpoint.CONNECT_IN_USE);
        assertThat(z.core.associationWith(a.address())).as("it serves both").isEqualTo(1);
        z.say(1, "back");
        run(20);
        // from another port it can
        assertThat(z.core.connect(a.address(), 0, now)).isPositive();
        assertThat(z.core.connect(a.address(), 2906, now)).isPositive();
        run(20);
        assertThat(a.events).containsExactly("up 1 port 2905", "1: back", "called 2 port " + portOf(z, 2),
            "called 3 port 2906");
    }

    private static int portOf(final End end, final int association) {
        assertThat(end.core.state(association)).isEqualTo("ESTABLISHED");
        for (int port = 49_152; port <= 65_535; port++) {
            if (end.core.hasAssociation(Pair.host(1), PORT, port)) {
                return port;
            }
        }
        throw new AssertionError("no ephemeral port");
    }

    /** Section 5.2.1, with the second INIT sent so many packets after the first. */
    @Test
    void bothCallAtOnceAndOneAssociationComesOfIt() {
        for (int later = 0; later < 4; later++) {
            ends.clear();
            final End a = new End(1, fixed());
            final End z = new End(2, fixed());
            final int fromA = a.call(z);
            for (int i = 0; i < later; i++) {
                turn();
            }
            final int fromZ = z.call(a);
            a.say(fromA, "from a");
            z.say(fromZ > 0 ? fromZ : 1, "from z");
            run(300);
            final int atZ = fromZ > 0 ? fromZ : 1;
            assertThat(a.events).as("later %d", later).contains("up " + fromA + " port 2905", fromA + ": from z")
                .noneMatch(e -> e.startsWith("down"));
            assertThat(z.events).as("later %d", later).contains(atZ + ": from a")
                .noneMatch(e -> e.startsWith("down"));
            assertThat(a.core.associations()).isOne();
            assertThat(z.core.associations()).isOne();
        }
    }

    /** Section 5.2.2: the peer's process is new and calls from the old port; what it had not got comes back. */
    @Test
    void aRestartIsToldAndTheNewAssociationWorks() {
        final End a = new End(1, fixed());
        final End z = new End(2, SctpConfig.carrier());
        a.call(z);
        run(20);
        a.boot(fixed());
        z.say(1, "lost");
        final int again = a.call(z);
        run(60);
        a.say(again, "anew");
        run(20);
        assertThat(z.events).containsExactly("called 1 port 2905", "down 1 PEER_RESTARTED 1", "called 2 port 2905",
            "2: anew");
        assertThat(z.core.counters().get(SctpCounter.RESTARTS)).isOne();
    }

    /** What is over holds no port, even before its last packet has gone. */
    @Test
    void theNextCallMayFollowTheEndAtOnce() {
        final End a = new End(1, fixed());
        final End z = new End(2, SctpConfig.carrier());
        final int first = a.call(z);
        run(20);
        a.core.abort(first, now);
        final int second = a.call(z);
        assertThat(second).isPositive();
        run(20);
        assertThat(a.events).containsExactly("up 1 port 2905", "down 1 LOCAL_ABORT 0", "up 2 port 2905");
        assertThat(z.events).containsExactly("called 1 port 2905", "down 1 PEER_ABORTED 0", "called 2 port 2905");
        assertThat(a.core.associations()).isOne();
    }

    @Test
    void whatIsNoPortIsRefused() {
        final End a = new End(1, SctpConfig.carrier());
        assertThatThrownBy(() -> a.core.connect(a.address(), 65_536, now)).hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> SctpSettings.apply(SctpConfig.carrier(), "Source.Port=70000"))
            .hasMessage("Source.Port is 1 to 65535, or 0 for any");
    }
}
