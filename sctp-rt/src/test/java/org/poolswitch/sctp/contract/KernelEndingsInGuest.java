// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpServerChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import java.io.BufferedReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.kernel.KernelConfig;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;
import org.poolswitch.sctp.kernel.KernelSysctls;

/** What only the kernel does: the ways in which its associations end, brought about by a bare socket, and the like. */
class KernelEndingsInGuest {
    private static final int PPID = 7;

    private final List<SctpChannel> bare = new ArrayList<>();
    private KernelRig rig;
    private SctpServerChannel bareServer;

    @BeforeEach
    void setUp() {
        assumeTrue(KernelRig.inGuest(), "only in the guest of KernelContractInGuestTest the network may be broken");
        rig = new KernelRig();
    }

    @AfterEach
    void tearDown() throws Exception {
        if (rig != null) {
            rig.close();
        }
        for (final SctpChannel channel : bare) {
            channel.close();
        }
        if (bareServer != null) {
            bareServer.close();
        }
    }

    private SctpChannel bareClient(final InetAddress host, final int port, final TestPeer listener) throws Exception {
        final SctpChannel channel = SctpChannel.open();
        bare.add(channel);
        // each message leaves at once: what Nagle's algorithm holds back an ABORT would discard
        channel.setOption(SctpStandardSocketOptions.SCTP_NODELAY, true);
        channel.bind(new InetSocketAddress(host, port));
        channel.connect(new InetSocketAddress(listener.endpoint().localAddress().host(),
            listener.endpoint().localAddress().port()));
        return channel;
    }

    private static void send(final SctpChannel channel, final int stream, final String text) throws Exception {
        channel.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)),
            MessageInfo.createOutgoing(null, stream).payloadProtocolID(PPID));
    }

    private static void abort(final SctpChannel channel) throws Exception {
        channel.setOption(SctpStandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    private int send(final TestPeer from, final int association, final int count, final int length) throws Exception {
        return rig.on(from, e -> {
            for (int i = 0; i < count; i++) {
                final byte[] b = (i + " ".repeat(length)).substring(0, length).getBytes(StandardCharsets.ISO_8859_1);
                if (e.send(association, 1, PPID, false, b, 0, length, rig.nowNs()) != SendStatus.ACCEPTED) {
                    return i;
                }
            }
            return count;
        });
    }

    private static List<Integer> numbers(final List<UndeliveredMessage> messages) {
        return messages.stream().map(m -> Integer.valueOf(new String(m.payload(), StandardCharsets.ISO_8859_1).trim()))
            .toList();
    }

    private static List<Integer> range(final int from, final int to) {
        return java.util.stream.IntStream.range(from, to).boxed().toList();
    }

    /** The peer dies without a word and a new one comes from its address and port. */
    private void restart(final TestPeer z, final boolean unacknowledged) throws Exception {
        final InetAddress host = KernelRig.host('a', 0);
        final int port = KernelRig.nextPort();
        final SctpChannel first = bareClient(host, port, z);
        send(first, 0, "first life");
        assertThat(rig.await(() -> z.messageCount() == 1)).isTrue();
        final int id = z.ups().get(0).association();
        // its ABORT is lost
        rig.lose("a0", "z0");
        abort(first);
        if (unacknowledged) {
            assertThat(send(z, id, 20, 1000)).isEqualTo(20);
        }
        final SctpChannel second = SctpChannel.open();
        bare.add(second);
        second.configureBlocking(false);
        second.bind(new InetSocketAddress(host, port));
        second.connect(new InetSocketAddress(z.endpoint().localAddress().host(), z.endpoint().localAddress().port()));
        rig.carry("a0", "z0");
        assertThat(rig.await(() -> z.ups().size() == 2)).as("the new association").isTrue();
        assertThat(z.down(id).cause()).isEqualTo(DownCause.PEER_RESTARTED);
        assertThat(numbers(z.down(id).undelivered())).isEqualTo(range(0, unacknowledged ? 20 : 0));
        final int next = z.ups().get(1).association();
        assertThat(next).isNotEqualTo(id);
        while (!second.finishConnect()) {
            Thread.onSpinWait();
        }
        send(second, 0, "second life");
        assertThat(rig.await(() -> z.messageCount() == 2)).isTrue();
        assertThat(z.messages().get(1).association()).isEqualTo(next);
        assertThat(send(z, id, 1, 10)).as("to the old one").isZero();
        assertThat(send(z, next, 1, 10)).isEqualTo(1);
        second.configureBlocking(true);
        final ByteBuffer got = ByteBuffer.allocateDirect(4096);
        assertThat(second.receive(got, null, null).bytes()).isEqualTo(10);
        assertThat(z.downCount()).isEqualTo(1);
    }

    @Test
    void aRestartedPeerIsAnotherAssociation() throws Exception {
        restart(rig.pathListener(), false);
    }

    @Test
    void whatTheRestartedPeerHadNotAcknowledgedComesBackAndIsNotSentToItsSuccessor() throws Exception {
        restart(rig.pathListener(), true);
    }

    @Test
    void whatThePeerSentBeforeItsAbortIsReadFirst() throws Exception {
        final TestPeer z = rig.listener();
        final SctpChannel peer = bareClient(InetAddress.getLoopbackAddress(), 0, z);
        assertThat(rig.await(() -> z.ups().size() == 1)).isTrue();
        final int id = z.ups().get(0).association();
        // while the loop is held back, messages and the ABORT after them pile up in the socket
        rig.on(z, e -> {
            try {
                for (int i = 0; i < 30; i++) {
                    send(peer, i % 3, "unread " + i);
                }
                abort(peer);
                return null;
            } catch (final Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        assertThat(rig.await(() -> z.down(id) != null)).isTrue();
        assertThat(z.messages()).extracting(TestPeer.Message::text).hasSize(30).last().isEqualTo("unread 29");
        assertThat(z.down(id).cause()).isEqualTo(DownCause.PEER_ABORTED);
    }

    /** Waits until much lies unread at the bare server's end. */
    private void awaitUnread() throws Exception {
        final int port = ((InetSocketAddress) bareServer.getAllLocalAddresses().iterator().next()).getPort();
        final long giveUp = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < giveUp) {
            try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc/net/sctp/assocs"))) {
                // RX_QUEUE and LPORT are the ninth and twelfth column
                if (lines.lines().map(line -> line.trim().split("\\s+"))
                    .anyMatch(c -> c[11].equals(Integer.toString(port)) && Integer.parseInt(c[8]) > 20_000)) {
                    return;
                }
            }
        }
        throw new AssertionError("nothing arrived");
    }

    /** A connection to a bare server that reads nothing. */
    private int connectToBare(final TestPeer a) throws Exception {
        final InetAddress host = InetAddress.getLoopbackAddress();
        bareServer = SctpServerChannel.open().bind(new InetSocketAddress(host, 0));
        final int port = ((InetSocketAddress) bareServer.getAllLocalAddresses().iterator().next()).getPort();
        final int id = rig.on(a, e -> e.connect(SctpAddress.of(host, port, 0), rig.nowNs()));
        bare.add(bareServer.accept());
        assertThat(rig.await(() -> a.ups().size() == 1)).isTrue();
        return id;
    }

    @Test
    void aPeerThatClosesWithOurMessagesUnreadIsOneDownAndAllElseComesBack() throws Exception {
        final TestPeer a = rig.client();
        final int id = connectToBare(a);
        // far more than its receive buffer holds
        final int accepted = send(a, id, 1000, 1000);
        assertThat(accepted).isEqualTo(1000);
        awaitUnread();
        bare.get(0).close();
        assertThat(rig.await(() -> a.down(id) != null)).isTrue();
        assertThat(a.down(id).cause()).isEqualTo(DownCause.PEER_ABORTED);
        final List<Integer> back = numbers(a.down(id).undelivered());
        // in order, without a gap, up to the last; what is missing at the front was acknowledged
        assertThat(back).isNotEmpty().isEqualTo(range(back.get(0), 1000));
        assertThat(back.get(0)).isPositive();
        final List<UndeliveredMessage> messages = a.down(id).undelivered();
        // first what the kernel had, then what it had not
        assertThat(messages.stream().map(UndeliveredMessage::sent).toList())
            .isSortedAccordingTo(Comparator.reverseOrder()).endsWith(false);
    }

    @Test
    @Timeout(60)
    void whatCannotFollowThePeersShutdownComesBack() throws Exception {
        final TestPeer a = rig.client();
        final int id = connectToBare(a);
        assertThat(send(a, id, 1000, 1000)).isEqualTo(1000);
        awaitUnread();
        final SctpChannel peer = bare.get(0);
        peer.shutdown();
        // it closes to the user at once; to the kernels only when all that was under way has been read
        while (rig.<SendStatus>on(a, e -> e.send(id, -1, PPID, false, new byte[1], 0, 1, rig.nowNs()))
            != SendStatus.CLOSED) {
            Thread.onSpinWait();
        }
        assertThat(a.downCount()).isZero();
        final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        int read = 0;
        for (MessageInfo info = peer.receive(buffer, null, null); info.bytes() > 0;
            info = peer.receive(buffer, null, null)) {
            buffer.clear();
            read++;
        }
        final int delivered = read;
        assertThat(rig.await(() -> a.down(id) != null)).isTrue();
        assertThat(a.down(id).cause()).isEqualTo(DownCause.SHUTDOWN);
        assertThat(numbers(a.down(id).undelivered())).isEqualTo(range(delivered, 1000));
        assertThat(delivered).isPositive();
    }

    @Test
    void aGracefulEndThatTheSilentPeerDoesNotAnswerHandsBackWhatItHasNot() throws Exception {
        final TestPeer a = rig.client();
        final int id = connectToBare(a);
        rig.lose("lo");
        assertThat(send(a, id, 40, 1000)).isEqualTo(40);
        rig.on(a, e -> {
            e.shutdown(id, rig.nowNs());
            return null;
        });
        assertThat(rig.await(() -> a.down(id) != null)).isTrue();
        assertThat(a.down(id).cause()).isEqualTo(DownCause.PEER_SILENT);
        assertThat(numbers(a.down(id).undelivered())).isEqualTo(range(0, 40));
    }

    @Test
    void aNotificationThatTheJdkDoesNotKnowEndsNothing() throws Exception {
        final Path expose = KernelSysctls.PROC.resolve("pf_expose");
        Files.writeString(expose, "2");
        try {
            final TestPeer z = rig.pathListener();
            final TestPeer a = rig.pathClient();
            final int id = rig.on(a, e -> e.connect(z.endpoint().localAddress(), rig.nowNs()));
            assertThat(rig.await(() -> a.ups().size() == 1 && activePaths(a) == 2)).isTrue();
            rig.cutPath(0);
            assertThat(send(a, id, 50, 100)).isEqualTo(50);
            assertThat(rig.await(() -> z.messageCount() == 50)).isTrue();
            assertThat(rig.await(() -> a.pathChanges().stream().anyMatch(c -> c.state() == PathState.INACTIVE)))
                .isTrue();
            assertThat(a.downCount() + z.downCount()).isZero();
        } finally {
            Files.writeString(expose, "0");
        }
    }

    @Test
    void whatWasMeantForStreamsThatThePeerLacksComesBack() throws Exception {
        final InetAddress host = InetAddress.getLoopbackAddress();
        bareServer = SctpServerChannel.open();
        bareServer.setOption(SctpStandardSocketOptions.SCTP_INIT_MAXSTREAMS,
            SctpStandardSocketOptions.InitMaxStreams.create(2, 2));
        bareServer.bind(new InetSocketAddress(host, 0));
        final int port = ((InetSocketAddress) bareServer.getAllLocalAddresses().iterator().next()).getPort();
        final TestPeer a = rig.open("a", false, List.of(host));
        rig.on(a, e -> {
            final int id = e.connect(SctpAddress.of(host, port, 0), rig.nowNs());
            for (int stream = 0; stream < 4; stream++) {
                e.send(id, stream, PPID, false, new byte[] {(byte) ('0' + stream)}, 0, 1, rig.nowNs());
            }
            return id;
        });
        bare.add(bareServer.accept());
        assertThat(rig.await(() -> a.ups().size() == 1 && a.abandoned().size() == 2)).isTrue();
        assertThat(a.ups().get(0).out()).isEqualTo(2);
        assertThat(numbers(a.abandoned())).isEqualTo(range(2, 4));
    }

    /** Their kernel says goodbye for them, and if the network is gone it does so for long. */
    @Test
    void whoStartsAgainWaitsForThePortThatItsFormerProcessStillHolds() throws Exception {
        final Path retrans = KernelSysctls.PROC.resolve("association_max_retrans");
        final String before = Files.readString(retrans).trim();
        final SctpAddress local = new SctpAddress(List.of(KernelRig.host('z', 0)), KernelRig.nextPort(), 0);
        Files.writeString(retrans, "1000");
        try {
            bareServer = SctpServerChannel.open().bind(new InetSocketAddress(local.host(), local.port()));
            final SctpChannel peer = SctpChannel.open();
            bare.add(peer);
            peer.bind(new InetSocketAddress(KernelRig.host('a', 0), 0));
            peer.connect(new InetSocketAddress(local.host(), local.port()));
            final SctpChannel accepted = bareServer.accept();
            rig.lose("a0", "z0");
            accepted.close();
            bareServer.close();
            assertThatThrownBy(() -> start(local, 0)).isInstanceOf(BindException.class)
                .hasMessageContaining("is in use");
            // who has the same port of another address is in nobody's way
            final SctpServerChannel other =
                SctpServerChannel.open().bind(new InetSocketAddress(KernelRig.host('z', 1), local.port()));
            final FutureTask<TestPeer> started = new FutureTask<>(() -> start(local, 60));
            new Thread(started).start();
            Thread.sleep(500);
            assertThat(started.isDone()).isFalse();
            other.close();
            rig.carry("a0", "z0");
            started.get(60, TimeUnit.SECONDS);
            // now somebody listens there, who will not go away
            assertThatThrownBy(() -> start(local, 3600)).isInstanceOf(BindException.class)
                .hasMessageContaining("another node");
        } finally {
            Files.writeString(retrans, before);
        }
    }

    private TestPeer start(final SctpAddress local, final int waitSeconds) throws Exception {
        return rig.start("again", shard -> KernelSctpEndpoint.open(shard,
            KernelConfig.defaults().withPortWaitNs(waitSeconds * 1_000_000_000L), local, true));
    }

    /** One event is enough to stop all reading and accepting, which must go on by itself when it has been taken. */
    @Test
    void whoseUserIsBehindReadsOnWhenHeHasCaughtUp() throws Exception {
        final TestPeer z = rig.start("slow", shard -> KernelSctpEndpoint.open(shard,
            KernelConfig.defaults().withMaxQueued(1, 1 << 20),
            SctpAddress.of(InetAddress.getLoopbackAddress(), KernelRig.nextPort(), 0), true));
        final int peers = 8;
        for (int i = 0; i < peers; i++) {
            bareClient(InetAddress.getLoopbackAddress(), 0, z);
        }
        assertThat(rig.await(() -> z.ups().size() == peers)).isTrue();
        // while the loop is held back they pile up
        rig.on(z, e -> {
            try {
                for (int i = 0; i < 20 * peers; i++) {
                    send(bare.get(i % peers), 0, "unread " + i / peers);
                }
                return null;
            } catch (final Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        assertThat(rig.await(() -> z.messageCount() == 20 * peers)).isTrue();
        for (final TestPeer.Up up : z.ups()) {
            assertThat(z.messages()).filteredOn(m -> m.association() == up.association())
                .extracting(TestPeer.Message::text).isEqualTo(range(0, 20).stream().map(i -> "unread " + i).toList());
        }
        for (final SctpChannel peer : bare) {
            abort(peer);
        }
        assertThat(rig.await(() -> z.downCount() == peers)).isTrue();
    }

    @Test
    void oneAssociationHasPathsOfBothFamilies() throws Exception {
        final List<InetAddress> hosts = List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1"));
        final TestPeer z = rig.open("z", true, hosts);
        final TestPeer a = rig.open("a", false, hosts);
        rig.on(a, e -> e.connect(z.endpoint().localAddress(), rig.nowNs()));
        for (final TestPeer peer : List.of(a, z)) {
            assertThat(rig.await(() -> peer.ups().size() == 1 && activePaths(peer) == 2)).isTrue();
            assertThat(peer.ups().get(0).remote().hosts()).containsExactlyElementsOf(hosts);
            assertThat(peer.ups().get(0).remote().toString()).as("no scope").doesNotContain("%");
        }
        final int id = a.ups().get(0).association();
        assertThat(rig.<Boolean>on(a, e -> e.setPrimary(id, hosts.get(1), rig.nowNs()))).isTrue();
        assertThat(send(a, id, 20, 100)).isEqualTo(20);
        assertThat(rig.await(() -> z.messageCount() == 20)).isTrue();
    }

    private long activePaths(final TestPeer peer) {
        try {
            return rig.<Long>on(peer, e -> e.paths(peer.ups().get(0).association()).stream()
                .filter(p -> p.state() == PathState.ACTIVE).count());
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
