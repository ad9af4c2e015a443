// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.poolswitch.observe.PacketTap;

/** Announcements on the loopback interface: two listeners of one host, the speaker known by its own address. */
class MulticastChannelTest {
    private static final int PORT = 27_391;
    private final FakeEndpoint endpoint = new FakeEndpoint(new ArrayList<>());

    private static InetAddress host(final String text) throws Exception {
        return InetAddress.getByName(text);
    }

    private static AnnouncementPort hearing(final InetSocketAddress group, final int sourcePort,
        final BlockingQueue<String> heard) {
        return new AnnouncementPort(group, sourcePort, (b, offset, length, source, now) ->
            heard.add(new String(b, offset, length, java.nio.charset.StandardCharsets.US_ASCII) + " from " + source));
    }

    @Test
    void whatOneSaysAllHearAndNobodyElse() throws Exception {
        final InetSocketAddress group = new InetSocketAddress(host("239.77.3.1"), PORT);
        final InetSocketAddress other = new InetSocketAddress(host("239.77.3.2"), PORT);
        final BlockingQueue<String> one = new LinkedBlockingQueue<>();
        final BlockingQueue<String> two = new LinkedBlockingQueue<>();
        final BlockingQueue<String> stranger = new LinkedBlockingQueue<>();
        try (EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "test")) {
            final AnnouncementPort speaker = hearing(group, PORT, one);
            final MulticastChannel speaking =
                MulticastChannel.open(shard, speaker, List.of(host("127.0.73.2")), PacketTap.NONE);
            MulticastChannel.open(shard, hearing(group, AnnouncementPort.LISTENS, two),
                List.of(host("127.0.73.3")), PacketTap.NONE);
            MulticastChannel.open(shard, hearing(other, AnnouncementPort.LISTENS, stranger),
                List.of(host("127.0.73.3")), PacketTap.NONE);
            shard.start(endpoint, new FakeNode(new ArrayList<>()));
            say(shard, speaker, "hello");
            final String expected = "hello from /127.0.73.2:" + PORT;
            assertThat(two.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
            assertThat(one.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
            shard.call(() -> {
                speaking.mute(true);
                return null;
            });
            say(shard, speaker, "lost");
            shard.call(() -> {
                speaking.mute(false);
                return null;
            });
            say(shard, speaker, "again");
            assertThat(two.poll(10, TimeUnit.SECONDS)).startsWith("again");
            assertThat(stranger).isEmpty();
        }
    }

    private static void say(final EventLoopShard shard, final AnnouncementPort port, final String text)
        throws Exception {
        final byte[] b = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        shard.call(() -> {
            shard.beginInput();
            assertThat(port.announce(b, 0, b.length)).isTrue();
            shard.endInput();
            return null;
        });
    }

    @Test
    void mistakesAreSentences() throws Exception {
        final InetSocketAddress group = new InetSocketAddress(host("239.77.3.1"), PORT);
        try (EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "test")) {
            final AnnouncementPort port = hearing(group, AnnouncementPort.LISTENS, new LinkedBlockingQueue<>());
            assertThatThrownBy(() -> MulticastChannel.open(shard, port, List.of(host("192.0.2.77")), PacketTap.NONE))
                .isInstanceOf(IOException.class).hasMessage("192.0.2.77 is not an address of this machine");
            assertThatThrownBy(() -> MulticastChannel.open(shard, port, List.of(host("::1")), PacketTap.NONE))
                .isInstanceOf(IOException.class).hasMessageContaining("no address of this node is of the family");
        }
        assertThatThrownBy(() -> hearing(new InetSocketAddress(host("10.0.0.1"), 1), 0, new LinkedBlockingQueue<>()))
            .hasMessageContaining("no multicast address");
    }

    @Test
    void theNewestWaitWhenNobodyTakesThem() throws Exception {
        final AnnouncementPort port = hearing(new InetSocketAddress(host("239.77.3.1"), PORT), 5,
            new LinkedBlockingQueue<>());
        for (int i = 0; i < AnnouncementPort.MOST_WAITING + 3; i++) {
            assertThat(port.announce(new byte[] {(byte) i}, 0, 1)).isTrue();
        }
        assertThat(port.take()).containsExactly(3);
        assertThat(port.announce(new byte[2000], 0, AnnouncementPort.MOST_OCTETS + 1)).isFalse();
    }
}
