// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** A user who does everything from within what he is told, and for associations that are over already. */
class CallbackTest {
    private static final long MS = Pair.MS;

    private final ArrayDeque<Runnable> wire = new ArrayDeque<>();
    private final User caller = new User(1, 2);
    private final User listener = new User(2, 1);
    private long now;

    /** Answers messages as they say. */
    private final class User implements SctpListener {
        private final InetAddress host;
        private final SctpEndpointCore core;
        private final List<Integer> ups = new ArrayList<>();
        private final List<String> heard = new ArrayList<>();
        private final List<DownCause> downs = new ArrayList<>();
        private final List<String> undelivered = new ArrayList<>();
        /** Associations to be opened again when they end. */
        private int again;
        private int lateStatuses;

        User(final int last, final int peer) {
            host = Pair.host(last);
            core = new SctpEndpointCore(SctpConfig.carrier(), SctpAddress.of(host, Pair.PORT, 9899), last == 2,
                new SplittableRandom(last), (from, to, port, packet, offset, length, at) -> {
                    final byte[] copy = Arrays.copyOfRange(packet, offset, offset + length);
                    wire.add(() -> (peer == 1 ? caller : listener).core.onPacket(to, from, 9899, copy, 0,
                        copy.length, now));
                });
        }

        private SendStatus say(final int id, final String text) {
            return core.send(id, 0, 7, false, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0,
                text.length(), now);
        }

        @Override
        public void onAssociationUp(final int id, final SctpAddress remote, final boolean incoming,
            final int outStreams, final int inStreams, final long nowNs) {
            ups.add(id);
            assertThat(say(id, "hello")).isEqualTo(SendStatus.ACCEPTED);
        }

        @Override
        public void onMessage(final int id, final int stream, final int ppid, final boolean unordered, final byte[] b,
            final int offset, final int length, final long nowNs) {
            final String text = new String(b, offset, length, java.nio.charset.StandardCharsets.US_ASCII);
            heard.add(text);
            switch (text) {
                case "echo" -> say(id, "echoed");
                case "abort" -> {
                    say(id, "never said");
                    core.abort(id, nowNs);
                    core.abort(id, nowNs);
                    isOver(id);
                }
                case "shutdown" -> {
                    say(id, "last words");
                    core.shutdown(id, nowNs);
                    assertThat(say(id, "too late")).isEqualTo(SendStatus.CLOSED);
                }
                case "close" -> core.close(nowNs);
                default -> { }
            }
        }

        private void isOver(final int id) {
            assertThat(say(id, "too late")).isEqualTo(SendStatus.CLOSED);
            assertThat(core.resetStreams(id, new int[] {0}, now)).isEqualTo(SendStatus.CLOSED);
            core.shutdown(id, now);
            core.probe(id, now);
            lateStatuses += core.paths(id).size();
            core.setPrimary(id, Pair.host(1), now);
        }

        @Override
        public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> lost,
            final long nowNs) {
            downs.add(cause);
            lost.forEach(m -> undelivered.add(new String(m.payload(), java.nio.charset.StandardCharsets.US_ASCII)));
            isOver(id);
            core.abort(id, nowNs);
            if (again-- > 0) {
                assertThat(core.connect(SctpAddress.of(Pair.host(2), Pair.PORT, 9899), nowNs)).isPositive();
            }
        }
    }

    private void run(final int ms) {
        for (int i = 0; i < ms; i++, now += MS) {
            for (int turn = 0; turn < 6; turn++) {
                for (final User user : List.of(caller, listener)) {
                    user.core.onDeadline(now);
                    user.core.poll(user, 1000, now);
                    user.core.flush(now);
                }
                while (!wire.isEmpty()) {
                    wire.poll().run();
                }
            }
        }
    }

    private int open() {
        final int id = caller.core.connect(SctpAddress.of(Pair.host(2), Pair.PORT, 9899), now);
        run(20);
        return id;
    }

    private void audit() {
        caller.core.audit();
        listener.core.audit();
    }

    @Test
    void hisAnswersGoAndHisEndsAreEnds() {
        caller.again = 2;
        final int first = open();
        for (final String text : List.of("echo", "echo", "abort", "echo", "echo")) {
            caller.say(first, text);
        }
        run(50);
        assertThat(listener.heard).containsSequence("echo", "echo", "abort");
        assertThat(listener.downs).containsExactly(DownCause.LOCAL_ABORT);
        assertThat(listener.undelivered).contains("never said");
        assertThat(caller.downs).containsExactly(DownCause.PEER_ABORTED);
        assertThat(caller.ups).hasSize(2);
        caller.say(caller.ups.get(1), "shutdown");
        run(50);
        assertThat(listener.downs).endsWith(DownCause.SHUTDOWN);
        assertThat(caller.downs).containsExactly(DownCause.PEER_ABORTED, DownCause.SHUTDOWN);
        assertThat(caller.heard).endsWith("last words", "hello");
        assertThat(caller.ups).hasSize(3).doesNotHaveDuplicates();
        audit();
    }

    @Test
    void anEndpointThatIsClosedFromWithinSaysGoodbyeToAll() {
        for (int i = 0; i < 50; i++) {
            open();
        }
        assertThat(listener.core.associations()).isEqualTo(50);
        caller.say(caller.ups.get(7), "close");
        run(20);
        assertThat(listener.core.associations()).isZero();
        assertThat(caller.downs).hasSize(50).containsOnly(DownCause.PEER_ABORTED);
        assertThat(listener.downs).hasSize(50).containsOnly(DownCause.LOCAL_ABORT);
        assertThat(caller.core.connect(SctpAddress.of(Pair.host(2), Pair.PORT, 9899), now)).isPositive();
        run(20);
        assertThat(caller.downs).endsWith(DownCause.CONNECT_FAILED);
        audit();
    }

    /** At a thousand a second that takes 25 days. */
    @Test
    void afterTheLastIdentifierComesTheFirstThatIsFree() throws Exception {
        final int first = open();
        assertThat(first).isOne();
        final Field table = SctpEndpointCore.class.getDeclaredField("table");
        table.setAccessible(true);
        final Field lastId = AssociationTable.class.getDeclaredField("lastId");
        lastId.setAccessible(true);
        lastId.setInt(table.get(caller.core), Integer.MAX_VALUE - 1);
        assertThat(open()).isEqualTo(Integer.MAX_VALUE);
        assertThat(open()).as("1 is still there").isEqualTo(2);
        assertThat(caller.ups).containsExactly(1, Integer.MAX_VALUE, 2);
        assertThat(caller.core.send(first, 0, 7, false, SctpEndpoint.NO_LIFETIME, new byte[1], 0, 1, now))
            .isEqualTo(SendStatus.ACCEPTED);
    }
}
