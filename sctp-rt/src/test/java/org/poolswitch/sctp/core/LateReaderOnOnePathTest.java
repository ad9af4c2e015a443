// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpSettings;

/** A peer with two addresses: A is behind with reading what comes from one of them. */
class LateReaderOnOnePathTest {
    private static final int MOST_ERRORS = 2;

    private record Packet(InetAddress from, InetAddress to, byte[] bytes) {
    }

    /** A core, the packets it sent, and the hosts whose packets wait in its sockets. */
    private static final class End implements SctpTransmitter {
        private final ArrayDeque<Packet> out = new ArrayDeque<>();
        private final ArrayDeque<Packet> unread = new ArrayDeque<>();
        private final SctpEndpointCore core;

        End(final boolean listening, final long seed, final InetAddress... hosts) {
            core = new SctpEndpointCore(
                SctpSettings.apply(SctpConfig.carrier(), "Association.Max.Retrans=" + MOST_ERRORS),
                new SctpAddress(List.of(hosts), Pair.PORT, 9899), listening, new SplittableRandom(seed), this);
        }

        @Override
        public void transmit(final InetAddress from, final InetAddress to, final int port, final byte[] packet,
            final int offset, final int length, final long now) {
            out.add(new Packet(from, to, Arrays.copyOfRange(packet, offset, offset + length)));
        }

        @Override
        public boolean hasUnread(final InetAddress from, final InetAddress to, final int port, final long sinceNs,
            final long now) {
            return unread.stream().anyMatch(packet -> packet.from().equals(to));
        }

        void take(final Packet p, final long now) {
            core.onPacket(p.to(), p.from(), 9899, p.bytes(), 0, p.bytes().length, now);
        }
    }

    private final InetAddress first = Pair.host(2);
    private final InetAddress second = Pair.host(3);
    private final End a = new End(false, 1, Pair.host(1));
    private final End z = new End(true, 2, first, second);
    private final Set<InetAddress> silent = new HashSet<>();
    private final Set<InetAddress> late = new HashSet<>();
    private long now;

    private void run(final int ms) {
        for (int i = 0; i < ms; i++) {
            now += Pair.MS;
            for (int turn = 0; turn < 6; turn++) {
                a.core.onDeadline(now);
                a.core.flush(now);
                z.core.onDeadline(now);
                z.core.flush(now);
                a.out.forEach(packet -> z.take(packet, now));
                a.out.clear();
                for (final Packet p : z.out) {
                    if (late.contains(p.from())) {
                        a.unread.add(p);
                    } else if (!silent.contains(p.from())) {
                        a.take(p, now);
                    }
                }
                z.out.clear();
            }
            a.core.audit();
        }
    }

    @Test
    void thePeerIsNotGivenUpWhileItsAnswersOnTheOtherPathAreUnread() {
        final int id = a.core.connect(SctpAddress.of(first, Pair.PORT, 9899), now);
        run(300);
        assertThat(a.core.paths(id)).hasSize(2).allMatch(path -> path.state() == PathState.ACTIVE);
        silent.add(first);
        late.add(second);
        a.core.send(id, 1, 7, false, new byte[] {1}, 0, 1, now);
        run(500);
        assertThat(a.core.state(id)).isEqualTo("ESTABLISHED");
        assertThat(a.core.paths(id)).anyMatch(path -> path.remote().equals(first) && path.errors() > MOST_ERRORS);
        late.clear();
        a.unread.forEach(packet -> a.take(packet, now));
        a.unread.clear();
        run(500);
        assertThat(a.core.state(id)).isEqualTo("ESTABLISHED");
        // and when nothing is unread it is
        silent.add(second);
        run(400);
        assertThat(a.core.state(id)).isEqualTo("CLOSED");
    }
}
