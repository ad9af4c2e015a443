// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.poolswitch.sctp.SctpAddress;

/**
 * A peer's process is killed. The kernel needs milliseconds to take a JVM apart, and its ports are among the last to
 * go: until then nobody can know. So a socket beside the association asks the port for the moment.
 */
final class Kill {
    private static final long ASK_NS = 50_000;
    private static final long SETTLE_MS = 700;

    private Kill() {
    }

    /**
     * @param sinceSignal gets the time from the signal to the notice
     * @return time from the closing of the port to the notice, in nanoseconds
     */
    static long noticed(final String profile, final Histogram sinceSignal) throws Exception {
        try (ChildProcess peer = ChildProcess.sink("--echo", "--address", Detection.PEER[0], "--profile", profile);
            End<Watcher> watcher = Detection.watcher(profile, 1);
            DatagramChannel asks = DatagramChannel.open().connect(
                new InetSocketAddress(Detection.PEER[0], SctpAddress.DEFAULT_ENCAPSULATION_PORT))) {
            asks.configureBlocking(false);
            watcher.await("an association", watcher.node()::isUp);
            Thread.sleep(SETTLE_MS);
            Detection.letItTalk();
            final long signal = System.nanoTime();
            peer.kill();
            final long closed = closed(asks);
            watcher.await("its loss", watcher.node()::isDown);
            sinceSignal.recordValue(watcher.node().downNs() - signal);
            // it may hear of it first
            return Math.max(1, watcher.node().downNs() - closed);
        }
    }

    private static long closed(final DatagramChannel asks) throws Exception {
        final ByteBuffer octet = ByteBuffer.allocateDirect(1);
        try {
            while (true) {
                // one octet is no SCTP packet: while the peer lives it counts it as malformed
                asks.write(octet.clear());
                asks.read(octet.clear());
                LockSupport.parkNanos(ASK_NS);
            }
        } catch (final PortUnreachableException e) {
            return System.nanoTime();
        }
    }
}
