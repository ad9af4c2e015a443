// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.HdrHistogram.Histogram;

/** The plain UDP echo that SCTP is measured against: no protocol at all, the least that a round trip can cost here. */
public final class UdpFloor {
    private static final int LARGEST = 65_507;
    /** How long the last echoes of a round may take. */
    private static final long LINGER_NS = 200_000_000L;
    /** Without a rate: how long an echo may take before it counts as lost and the next message goes. */
    static final long ONE_AT_A_TIME_NS = 100_000_000L;

    private UdpFloor() {
    }

    /** Echoes for ever on its own thread, which sleeps in the kernel between datagrams. */
    public static void serve(final InetSocketAddress at) throws IOException {
        final DatagramChannel channel = DatagramChannel.open().bind(at);
        final Thread thread = new Thread(() -> {
            final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
            try {
                while (true) {
                    buffer.clear();
                    final var from = channel.receive(buffer);
                    channel.send(buffer.flip(), from);
                }
            } catch (final IOException e) {
                System.err.println("the UDP echo ended: " + e.getMessage());
            }
        }, "udp-echo");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * One round like {@link EchoCaller}'s, on the calling thread, which spins.
     *
     * @param perSecond open loop at this rate, or 0 for one message at a time
     */
    public static void measure(final InetSocketAddress server, final int octets, final Histogram into,
        final int perSecond, final long durationNs) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open().connect(server)) {
            channel.configureBlocking(false);
            final ByteBuffer out = ByteBuffer.allocateDirect(octets);
            final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST);
            final long intervalNs = perSecond == 0 ? ONE_AT_A_TIME_NS : 1_000_000_000L / perSecond;
            long next = System.nanoTime();
            final long until = next + durationNs;
            for (long now = System.nanoTime(); now < until + LINGER_NS; now = System.nanoTime()) {
                if (next <= now && next < until) {
                    out.clear().putLong(0, next);
                    channel.write(out);
                    next += intervalNs;
                }
                if (channel.read(in.clear()) > 0) {
                    final long heard = System.nanoTime();
                    into.recordValue(Math.max(1, heard - in.getLong(0)));
                    next = perSecond == 0 ? heard : next;
                }
            }
        }
    }
}
