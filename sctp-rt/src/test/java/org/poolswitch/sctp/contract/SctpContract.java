// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** What every transport behind {@link org.poolswitch.sctp.SctpEndpoint} honours, run on each of them. */
public abstract class SctpContract {
    private static final int PPID = 3;

    private Rig rig;
    private TestPeer a;
    private TestPeer z;

    /** A fresh rig. */
    protected abstract Rig newRig() throws Exception;

    @BeforeEach
    final void setUp() throws Exception {
        rig = newRig();
        z = rig.listener();
        a = rig.client();
    }

    @AfterEach
    final void tearDown() throws Exception {
        rig.close();
    }

    private int connect() throws Exception {
        return rig.on(a, e -> e.connect(z.endpoint().localAddress(), rig.nowNs()));
    }

    private int connectAndWait() throws Exception {
        final int id = connect();
        assertThat(id).isPositive();
        assertThat(rig.await(() -> a.ups().size() == 1 && z.ups().size() == 1)).as("both up").isTrue();
        return id;
    }

    private SendStatus send(final TestPeer from, final int association, final int stream, final boolean unordered,
        final byte[] payload) throws Exception {
        return rig.on(from, e -> e.send(association, stream, PPID, unordered, payload, 0, payload.length,
            rig.nowNs()));
    }

    private SendStatus send(final int association, final int stream, final String text) throws Exception {
        return send(a, association, stream, false, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] pattern(final int length) {
        final byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }

    @Test
    void bothEndsLearnOfTheAssociation() throws Exception {
        final int id = connectAndWait();
        final TestPeer.Up up = a.ups().get(0);
        assertThat(up.association()).isEqualTo(id);
        assertThat(up.incoming()).isFalse();
        assertThat(up.out()).isGreaterThanOrEqualTo(64);
        assertThat(up.in()).isGreaterThanOrEqualTo(64);
        assertThat(up.remote().port()).isEqualTo(z.endpoint().localAddress().port());
        assertThat(z.ups().get(0).incoming()).isTrue();
        assertThat(z.ups().get(0).remote().host()).isEqualTo(a.endpoint().localAddress().host());
        assertThat(rig.<Long>on(a, e -> e.lastHeardNs(id))).isGreaterThan(Long.MIN_VALUE);
    }

    @Test
    void orderIsKeptWithinEachStream() throws Exception {
        final int id = connectAndWait();
        for (int i = 0; i < 600; i++) {
            assertThat(send(id, i % 12, i % 12 + ":" + i / 12)).isEqualTo(SendStatus.ACCEPTED);
        }
        assertThat(rig.await(() -> z.messageCount() == 600)).as("600 messages").isTrue();
        final int[] next = new int[12];
        for (final TestPeer.Message m : z.messages()) {
            assertThat(m.text()).isEqualTo(m.stream() + ":" + next[m.stream()]++);
            assertThat(m.ppid()).isEqualTo(PPID);
            assertThat(m.unordered()).isFalse();
        }
    }

    @Test
    void unorderedMessagesArriveOnceEach() throws Exception {
        final int id = connectAndWait();
        for (int i = 0; i < 200; i++) {
            assertThat(send(a, id, 5, true, ("u" + i).getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(SendStatus.ACCEPTED);
        }
        assertThat(rig.await(() -> z.messageCount() == 200)).isTrue();
        assertThat(z.messages()).allMatch(TestPeer.Message::unordered).extracting(TestPeer.Message::text)
            .doesNotHaveDuplicates();
    }

    @Test
    void messagesOfAllSizesSurviveBothWays() throws Exception {
        z.echo();
        final int id = connectAndWait();
        final int[] sizes = {1, 2, 3, 4, 100, 1000, 1371, 1372, 1373, 1400, 1500, 2800, 9000, 20_000, 65_535, 65_536};
        for (final int size : sizes) {
            assertThat(send(a, id, 1, false, pattern(size))).isEqualTo(SendStatus.ACCEPTED);
        }
        assertThat(rig.await(() -> a.messageCount() == sizes.length)).as("echoes").isTrue();
        for (int i = 0; i < sizes.length; i++) {
            assertThat(a.messages().get(i).payload()).isEqualTo(pattern(sizes[i]));
        }
    }

    @Test
    void whatIsSentBeforeTheSetUpIsDoneArrivesInOrder() throws Exception {
        final int id = rig.on(a, e -> {
            final int association = e.connect(z.endpoint().localAddress(), rig.nowNs());
            for (byte i = 0; i < 20; i++) {
                assertThat(e.send(association, 2, PPID, false, new byte[] {i}, 0, 1, rig.nowNs()))
                    .isEqualTo(SendStatus.ACCEPTED);
            }
            return association;
        });
        assertThat(id).isPositive();
        assertThat(rig.await(() -> z.messageCount() == 20)).isTrue();
        for (byte i = 0; i < 20; i++) {
            assertThat(z.messages().get(i).payload()).containsExactly(i);
        }
    }

    @Test
    void aFullQueueIsAnAnswerAndRoomIsAnnounced() throws Exception {
        final int id = connectAndWait();
        final byte[] block = pattern(32 * 1024);
        final int accepted = rig.on(a, e -> {
            int n = 0;
            while (n < 10_000 && e.send(id, 0, PPID, false, block, 0, block.length, rig.nowNs())
                == SendStatus.ACCEPTED) {
                n++;
            }
            return n;
        });
        assertThat(accepted).as("bounded").isBetween(4, 9_999);
        assertThat(rig.await(() -> a.wasSendable(id))).as("onSendable").isTrue();
        assertThat(send(id, 0, "last")).isEqualTo(SendStatus.ACCEPTED);
        assertThat(rig.await(() -> z.messageCount() == accepted + 1)).as("all delivered").isTrue();
        assertThat(z.messages().get(accepted).text()).isEqualTo("last");
    }

    @Test
    void nonsenseIsRefused() throws Exception {
        final int id = connectAndWait();
        assertThat(send(id, a.ups().get(0).out(), "stream too high")).isEqualTo(SendStatus.INVALID);
        assertThat(send(id, -1, "negative")).isEqualTo(SendStatus.INVALID);
        assertThat(send(id, 0, "")).isEqualTo(SendStatus.INVALID);
        assertThat(send(a, id, 0, false, new byte[64 << 20])).isNotEqualTo(SendStatus.ACCEPTED);
        assertThat(send(id + 1000, 0, "nobody")).isEqualTo(SendStatus.CLOSED);
    }

    @Test
    void shutdownDeliversWhatIsQueuedFirst() throws Exception {
        final int id = connectAndWait();
        rig.on(a, e -> {
            for (int i = 0; i < 100; i++) {
                e.send(id, 3, PPID, false, pattern(500), 0, 500, rig.nowNs());
            }
            e.shutdown(id, rig.nowNs());
            return e.send(id, 3, PPID, false, pattern(5), 0, 5, rig.nowNs());
        });
        final int other = z.ups().get(0).association();
        assertThat(rig.await(() -> a.down(id) != null && z.down(other) != null)).as("both down").isTrue();
        assertThat(z.messageCount()).isEqualTo(100);
        assertThat(a.down(id).cause()).isEqualTo(DownCause.SHUTDOWN);
        assertThat(z.down(other).cause()).isEqualTo(DownCause.SHUTDOWN);
        assertThat(a.down(id).undelivered()).isEmpty();
        assertThat(send(id, 0, "late")).isEqualTo(SendStatus.CLOSED);
    }

    @Test
    void abortIsSeenByBoth() throws Exception {
        final int id = connectAndWait();
        rig.on(a, e -> {
            e.abort(id, rig.nowNs());
            return null;
        });
        final int other = z.ups().get(0).association();
        assertThat(rig.await(() -> a.down(id) != null && z.down(other) != null)).as("both down").isTrue();
        assertThat(a.down(id).cause()).isEqualTo(DownCause.LOCAL_ABORT);
        assertThat(z.down(other).cause()).isEqualTo(DownCause.PEER_ABORTED);
    }

    @Test
    void nobodyThereHandsBackWhatWasQueuedInOrder() throws Exception {
        final SctpAddress nobody = rig.nobody();
        final int id = rig.on(a, e -> {
            final int association = e.connect(nobody, rig.nowNs());
            for (byte i = 0; i < 5; i++) {
                e.send(association, i, PPID + i, i % 2 == 0, new byte[] {i}, 0, 1, rig.nowNs());
            }
            return association;
        });
        assertThat(rig.await(() -> a.down(id) != null)).isTrue();
        assertThat(a.down(id).cause()).isIn(DownCause.CONNECT_FAILED, DownCause.PEER_UNREACHABLE,
            DownCause.PEER_ABORTED);
        final List<UndeliveredMessage> back = a.down(id).undelivered();
        assertThat(back).hasSize(5);
        for (byte i = 0; i < 5; i++) {
            assertThat(back.get(i).stream()).isEqualTo(i);
            assertThat(back.get(i).ppid()).isEqualTo(PPID + i);
            assertThat(back.get(i).unordered()).isEqualTo(i % 2 == 0);
            assertThat(back.get(i).sent()).isFalse();
            assertThat(back.get(i).payload()).containsExactly(i);
        }
        assertThat(a.ups()).isEmpty();
    }

    @Test
    void whenThePeerIsKilledNothingIsLostSilently() throws Exception {
        assumeTrue(rig.canKill(), "this transport's rig cannot kill a peer without a goodbye");
        final int id = connectAndWait();
        for (int i = 0; i < 50; i++) {
            send(id, i % 4, "before " + i);
        }
        assertThat(rig.await(() -> z.messageCount() == 50)).isTrue();
        rig.kill(z);
        final List<String> sent = new ArrayList<>();
        rig.on(a, e -> {
            for (int i = 0; i < 60; i++) {
                final String text = "after " + i + (i == 30 ? "x".repeat(5000) : "");
                final byte[] b = text.getBytes(StandardCharsets.ISO_8859_1);
                if (e.send(id, i % 4, PPID, false, b, 0, b.length, rig.nowNs()) == SendStatus.ACCEPTED) {
                    sent.add(text);
                }
            }
            return null;
        });
        assertThat(rig.await(() -> a.down(id) != null)).as("noticed").isTrue();
        assertThat(a.down(id).cause()).isIn(DownCause.PEER_UNREACHABLE, DownCause.PEER_SILENT,
            DownCause.PEER_ABORTED);
        final List<String> back = new ArrayList<>();
        a.down(id).undelivered().forEach(m -> back.add(new String(m.payload(), StandardCharsets.ISO_8859_1)));
        // what was handed back is in order, and is all that was sent after the death (before it: maybe, if not
        // acknowledged yet)
        back.removeIf(text -> text.startsWith("before"));
        assertThat(back).isEqualTo(sent).hasSize(60);
    }

    @Test
    void manyAssociationsAtOnce() throws Exception {
        final int many = 100;
        final int[] ids = rig.on(a, e -> {
            final int[] result = new int[many];
            for (int i = 0; i < many; i++) {
                result[i] = e.connect(z.endpoint().localAddress(), rig.nowNs());
                final byte[] hello = ("hello " + i).getBytes(StandardCharsets.ISO_8859_1);
                e.send(result[i], 1, PPID, false, hello, 0, hello.length, rig.nowNs());
            }
            return result;
        });
        assertThat(Arrays.stream(ids).distinct().count()).isEqualTo(many);
        assertThat(rig.await(() -> z.messageCount() == many && a.ups().size() == many)).isTrue();
        assertThat(z.messages()).extracting(TestPeer.Message::association).doesNotHaveDuplicates();
        rig.on(a, e -> {
            for (final int id : ids) {
                e.shutdown(id, rig.nowNs());
            }
            return null;
        });
        assertThat(rig.await(() -> a.downCount() == many && z.downCount() == many)).as("all down").isTrue();
    }
}
