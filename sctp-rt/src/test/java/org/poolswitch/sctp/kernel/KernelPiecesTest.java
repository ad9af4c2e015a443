// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.nio.sctp.PeerAddressChangeNotification.AddressChangeEvent;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.UndeliveredMessage;

/** The kernel transport's parts that need no kernel. */
class KernelPiecesTest {
    private static byte[] octets(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(final byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static Outgoing mortal(final String text, final long expiresNs) {
        return new Outgoing(1, 2, false, expiresNs, octets(text));
    }

    private static List<String> texts(final List<UndeliveredMessage> messages) {
        return messages.stream().map(m -> text(m.payload())).toList();
    }

    @Test
    void theQueueLetsGoOfWhatHasExpiredAndKeepsTheRestInOrder() {
        final OutQueue queue = new OutQueue();
        assertThat(queue.nextExpiryNs()).isEqualTo(Machine.NO_DEADLINE);
        queue.add(mortal("for ever", SctpEndpoint.NO_LIFETIME));
        queue.add(mortal("late", 300));
        queue.add(mortal("early", 100));
        queue.add(mortal("last", SctpEndpoint.NO_LIFETIME));
        assertThat(queue.nextExpiryNs()).isEqualTo(100);
        assertThat(queue.expired(99)).isEmpty();
        assertThat(texts(queue.expired(100))).containsExactly("early");
        assertThat(queue.nextExpiryNs()).isEqualTo(300);
        assertThat(queue.octets()).isEqualTo("for everlatelast".length());
        assertThat(texts(queue.expired(1000))).containsExactly("late");
        assertThat(queue.nextExpiryNs()).isEqualTo(Machine.NO_DEADLINE);
        assertThat(text(queue.peek().payload())).isEqualTo("for ever");
        queue.remove();
        assertThat(queue.all()).singleElement().satisfies(m -> assertThat(m.sent()).isFalse());
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.octets()).isZero();
    }

    @Test
    void theKernelIsToldALifetimeInWholeMilliseconds() {
        assertThat(mortal("x", SctpEndpoint.NO_LIFETIME).lifetimeMillis(5)).isZero();
        assertThat(mortal("x", 1_000_001).lifetimeMillis(0)).isEqualTo(2);
        assertThat(mortal("x", 10).lifetimeMillis(1_000_000)).as("0 would be for ever").isEqualTo(1);
    }

    @Test
    void partsOfAMessageAreJoinedAndAnAbandonedBeginningIsForgotten() {
        final Reassembly reassembly = new Reassembly(10);
        assertThat(reassembly.add(3, 7, false, false, ByteBuffer.wrap(octets("abc")))).isNull();
        assertThat(reassembly.add(3, 7, false, true, ByteBuffer.wrap(octets("def")))).containsExactly(octets("abcdef"));
        assertThat(reassembly.add(3, 7, false, false, ByteBuffer.wrap(octets("lost")))).isNull();
        assertThat(reassembly.add(4, 7, false, true, ByteBuffer.wrap(octets("whole")))).containsExactly(
            octets("whole"));
        assertThat(reassembly.isTooLong()).isFalse();
        assertThat(reassembly.add(4, 7, false, false, ByteBuffer.wrap(octets("0123456")))).isNull();
        assertThat(reassembly.add(4, 7, false, true, ByteBuffer.wrap(octets("7890")))).isNull();
        assertThat(reassembly.isTooLong()).isTrue();
    }

    @Test
    void hundredsOfPartsAreJoined() {
        final byte[] large = new byte[250_000];
        new Random(5).nextBytes(large);
        final Reassembly reassembly = new Reassembly(large.length);
        for (int round = 0; round < 2; round++) {
            int at = 0;
            for (; at + 801 < large.length; at += 801) {
                assertThat(reassembly.add(3, 7, true, false, ByteBuffer.wrap(large, at, 801))).isNull();
            }
            assertThat(reassembly.add(3, 7, true, true, ByteBuffer.wrap(large, at, large.length - at)))
                .isEqualTo(large);
        }
    }

    @Test
    void chunksThatAreHandedBackNameTheirMessagesOnceAndInOrder() {
        final SentMessages sent = new SentMessages(1 << 20);
        final byte[] large = new byte[3000];
        new Random(4).nextBytes(large);
        sent.add(new UndeliveredMessage(1, 11, false, true, octets("same")), 1);
        sent.add(new UndeliveredMessage(1, 12, false, true, octets("same")), 2);
        sent.add(new UndeliveredMessage(2, 13, true, true, large), 3);
        sent.add(new UndeliveredMessage(1, 14, false, true, octets("acknowledged")), 4);
        sent.failed(1, octets("same"));
        sent.failed(2, Arrays.copyOfRange(large, 0, 1400));
        sent.failed(2, Arrays.copyOfRange(large, 1400, 3000));
        assertThat(sent.hasFailed()).isTrue();
        assertThat(sent.undelivered()).extracting(UndeliveredMessage::ppid).containsExactly(12, 13);
        assertThat(sent.hasFailed()).isFalse();
        sent.failed(1, octets("same"));
        assertThat(sent.undelivered()).as("the other one").extracting(UndeliveredMessage::ppid).containsExactly(11);
        assertThat(sent.since(0)).extracting(UndeliveredMessage::ppid).containsExactly(14);
    }

    /** Found by the interop suite: a few short messages were lost without a word. */
    @Test
    void aShortMessageIsNotTakenForAPieceOfALongOne() {
        final SentMessages sent = new SentMessages(1 << 20);
        final byte[] large = new byte[3000];
        new Random(4).nextBytes(large);
        final byte[] shortOne = Arrays.copyOfRange(large, 700, 720);
        sent.add(new UndeliveredMessage(1, 11, false, true, shortOne), 1);
        sent.add(new UndeliveredMessage(1, 12, false, true, large), 2);
        sent.failed(1, shortOne);
        assertThat(sent.undelivered()).as("the long one is acknowledged").extracting(UndeliveredMessage::ppid)
            .containsExactly(11);
        sent.add(new UndeliveredMessage(1, 13, false, true, shortOne), 3);
        sent.failed(1, shortOne);
        sent.failed(1, Arrays.copyOfRange(large, 1400, 2800));
        sent.failed(1, Arrays.copyOfRange(large, 2800, 3000));
        assertThat(sent.undelivered()).as("both are lost").extracting(UndeliveredMessage::ppid)
            .containsExactly(12, 13);
    }

    /** The kernel counts some hundred octets of its own for each: of tiny messages it holds few. */
    @Test
    void ofTinyMessagesNoMoreAreKeptThanTheKernelCanHandBack() {
        final SentMessages sent = new SentMessages(256 << 10);
        for (int i = 0; i < 10_000; i++) {
            sent.add(new UndeliveredMessage(1, i, false, true, new byte[1]), i);
        }
        assertThat(sent.since(0)).hasSizeLessThanOrEqualTo(1024).last().extracting(UndeliveredMessage::ppid)
            .isEqualTo(9999);
        sent.failed(1, new byte[1]);
        assertThat(sent.undelivered()).hasSize(1);
        for (int i = 0; i < 2000; i++) {
            sent.add(new UndeliveredMessage(1, i, false, true, new byte[1]), i);
        }
        assertThat(sent.since(0)).hasSizeGreaterThan(1000);
    }

    private static String host(final String address, final int scope) throws Exception {
        final byte[] octets = InetAddress.getByName(address).getAddress();
        return KernelChannel.host(new InetSocketAddress(octets.length == 4 ? InetAddress.getByAddress(octets)
            : Inet6Address.getByAddress(null, octets, scope), 3863)).getHostAddress();
    }

    @Test
    void onlyALinkLocalAddressKeepsTheScopeThatTheJdkGivesAll() throws Exception {
        assertThat(host("fd00:77::2", 2)).isEqualTo("fd00:77:0:0:0:0:0:2");
        assertThat(host("2001:db8::2", 0)).isEqualTo("2001:db8:0:0:0:0:0:2");
        assertThat(host("::1", 1)).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(host("fe80::2", 2)).isEqualTo("fe80:0:0:0:0:0:0:2%2");
        assertThat(host("10.1.0.2", 0)).isEqualTo("10.1.0.2");
    }

    @Test
    void pathsFollowTheKernelsNotifications() throws Exception {
        final InetAddress a1 = InetAddress.getByName("10.1.0.1");
        final InetAddress a2 = InetAddress.getByName("10.2.0.1");
        final InetAddress z1 = InetAddress.getByName("10.1.0.2");
        final InetAddress z2 = InetAddress.getByName("10.2.0.2");
        final InetAddress z6 = InetAddress.getByName("fd00::2");
        final KernelPaths paths = new KernelPaths(List.of(a1, a2));
        paths.reset(List.of(z2, z1), z2);
        assertThat(paths.hosts()).containsExactly(z2, z1);
        assertThat(paths.status()).extracting(PathStatus::state).containsExactly(PathState.ACTIVE,
            PathState.UNCONFIRMED);
        assertThat(paths.status()).extracting(PathStatus::local).containsExactly(a2, a1);
        assertThat(paths.onEvent(z1, AddressChangeEvent.ADDR_CONFIRMED)).isEqualTo(PathState.ACTIVE);
        assertThat(paths.onEvent(z1, AddressChangeEvent.ADDR_AVAILABLE)).as("nothing new").isNull();
        assertThat(paths.onEvent(z1, AddressChangeEvent.ADDR_MADE_PRIMARY)).isNull();
        assertThat(paths.status()).extracting(PathStatus::primary).containsExactly(true, false);
        assertThat(paths.hosts()).containsExactly(z1, z2);
        assertThat(paths.onEvent(z1, AddressChangeEvent.ADDR_UNREACHABLE)).isEqualTo(PathState.INACTIVE);
        assertThat(paths.isNoneActive()).isFalse();
        assertThat(paths.onEvent(z6, AddressChangeEvent.ADDR_ADDED)).isEqualTo(PathState.UNCONFIRMED);
        assertThat(paths.onEvent(z2, AddressChangeEvent.ADDR_REMOVED)).isEqualTo(PathState.INACTIVE);
        assertThat(paths.knows(z2)).isFalse();
        assertThat(paths.isNoneActive()).as("an unconfirmed path carries nothing").isTrue();
        assertThat(paths.onEvent(z2, AddressChangeEvent.ADDR_REMOVED)).isNull();
    }
}
