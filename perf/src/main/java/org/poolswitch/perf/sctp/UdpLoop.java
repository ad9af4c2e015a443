// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.poolswitch.runtime.Inbox;
import org.poolswitch.runtime.InboxConfig;
import org.poolswitch.runtime.InboxHandler;

/**
 * The client of a plain UDP echo, built as a node is: a thread that sleeps until there is a datagram or a message that
 * another thread hands in, and sends that.
 */
final class UdpLoop implements AutoCloseable {
    private static final int LARGEST = 65_507;
    private static final int PER_PASS = 16;
    /** How long the last echoes may take. */
    private static final long LINGER_MS = 200;

    private final DatagramChannel channel;
    private final Selector selector = Selector.open();
    private final Inbox inbox = new Inbox(InboxConfig.defaults(), selector::wakeup);
    private final InboxHandler handedIn = (slot, nowNs) -> send(slot.intendedNs());
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST);
    private final Histogram into;
    private final CompletableFuture<Void> ended;
    private volatile boolean closed;

    private UdpLoop(final InetSocketAddress server, final int octets, final Histogram into) throws IOException {
        this.channel = DatagramChannel.open().connect(server);
        this.out = ByteBuffer.allocateDirect(octets);
        this.into = into;
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        ended = CompletableFuture.runAsync(this::run, task -> {
            final Thread thread = new Thread(task, "udp-loop");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** One round: echoes are timed from the moment at which each message was due. */
    static void measure(final InetSocketAddress server, final int octets, final Histogram into, final int perSecond,
        final long durationNs) throws Exception {
        try (UdpLoop client = new UdpLoop(server, octets, into)) {
            Pace.keep(perSecond, durationNs, client.inbox);
            Thread.sleep(LINGER_MS);
        }
    }

    private void run() {
        try (channel; selector) {
            while (!closed) {
                selector.select();
                selector.selectedKeys().clear();
                int taken = PER_PASS;
                while (taken == PER_PASS) {
                    taken = inbox.poll(handedIn, PER_PASS, 0);
                }
                while (channel.read(in.clear()) > 0) {
                    into.recordValue(Math.max(1, System.nanoTime() - in.getLong(0)));
                }
            }
        } catch (final IOException e) {
            throw new IllegalStateException("the UDP echo is gone: " + e.getMessage(), e);
        }
    }

    private void send(final long dueNs) {
        try {
            channel.write(out.clear().putLong(0, dueNs));
        } catch (final IOException e) {
            throw new IllegalStateException("the UDP echo is gone: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        ended.join();
    }
}
