// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.core.SctpCounter;

/** What the driver knows of its sockets beside what it read: unread datagrams, and ports where nobody is. */
class ArrivalsTest extends OnUdpLoop {
    private static final int TRIES = 5_000;

    private boolean isFree(final int port) throws Exception {
        try (DatagramSocket bound = new DatagramSocket(new InetSocketAddress(host, port))) {
            return bound.isBound();
        } catch (final BindException e) {
            return false;
        }
    }

    /** The system takes its time even on the loopback. */
    private static void await(final Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(1);
        }
        throw new AssertionError("it did not happen");
    }

    @Test
    void whatWaitsInASocketIsSeenUntilItIsRead() throws Exception {
        final UdpSctpEndpoint endpoint = open(host, freePort(), false);
        try (DatagramSocket peer = new DatagramSocket(new InetSocketAddress(host, 0))) {
            final int port = peer.getLocalPort();
            shard.call(() -> {
                assertThat(endpoint.openPath(host, host, port, 0)).isTrue();
                endpoint.transmit(host, host, port, new byte[12], 0, 12, 0);
                final DatagramPacket hello = new DatagramPacket(new byte[100], 100);
                peer.receive(hello);
                assertThat(endpoint.hasUnread(host, host, port, 1, 1)).isFalse();
                // the loop is here, so nobody reads meanwhile
                peer.send(new DatagramPacket(new byte[12], 12, hello.getSocketAddress()));
                await(() -> endpoint.hasUnread(host, host, port, 2, 2));
                // found empty at 1: whatever was to come before had come
                assertThat(endpoint.hasUnread(host, host, port, 1, 2)).isFalse();
                return null;
            });
            await(() -> shard.call(() -> endpoint.counters().get(UdpCounter.RECEIVED) == 1));
            assertThat(shard.call(() -> endpoint.hasUnread(host, host, port, Long.MAX_VALUE, 3))).isFalse();
        }
    }

    @Test
    void aPathThatWasLookedAtGivesItsPortBack() throws Exception {
        final UdpSctpEndpoint endpoint = open(host, freePort(), false);
        try (DatagramSocket peer = new DatagramSocket(new InetSocketAddress(host, 0))) {
            final int own = shard.call(() -> {
                endpoint.openPath(host, host, peer.getLocalPort(), 0);
                endpoint.transmit(host, host, peer.getLocalPort(), new byte[12], 0, 12, 0);
                final DatagramPacket hello = new DatagramPacket(new byte[100], 100);
                peer.receive(hello);
                endpoint.hasUnread(host, host, peer.getLocalPort(), 1, 1);
                endpoint.closePath(host, host, peer.getLocalPort(), 1);
                return hello.getPort();
            });
            assertThat(isFree(own)).isFalse();
            shard.call(() -> {
                endpoint.flush(1 + UdpConfig.defaults().pathLingerNs());
                return null;
            });
            await(() -> isFree(own));
        }
    }

    @Test
    void aSocketThatWasLookedAtGivesItsPortBack() throws Exception {
        final int port = freePort();
        final UdpSctpEndpoint endpoint = open(host, port, true);
        assertThat(shard.call(() -> endpoint.hasUnread(host, host, 1, 1, 1))).isFalse();
        shard.call(() -> {
            endpoint.close(2);
            return null;
        });
        shard.close();
        shard.termination().get(1, TimeUnit.MINUTES);
        new DatagramSocket(new InetSocketAddress(host, port)).close();
    }

    @Test
    void aDeadPortThatAWriteTellsOfIsProbedInTheSameFlush() throws Exception {
        final int port = freePort();
        final UdpSctpEndpoint listener = open(host, port, true);
        final UdpSctpEndpoint caller = open(host, freePort(), false);
        final int association = shard.call(() -> caller.connect(SctpAddress.of(host, 2905, port), System.nanoTime()));
        await(() -> shard.call(() -> {
            // both ends by hand: no node runs here
            caller.flush(System.nanoTime());
            listener.flush(System.nanoTime());
            return caller.core().state(association).equals("ESTABLISHED");
        }));
        shard.call(() -> {
            listener.crash();
            return null;
        });
        await(() -> isFree(port));
        shard.call(() -> {
            await(() -> {
                final long told = caller.counters().get(UdpCounter.PORT_UNREACHABLE);
                final long asked = caller.core().counters().get(SctpCounter.HEARTBEATS_SENT);
                caller.send(association, 1, 7, false, 1_000_000_000L, new byte[4], 0, 4, System.nanoTime());
                caller.flush(System.nanoTime());
                if (caller.counters().get(UdpCounter.PORT_UNREACHABLE) == told) {
                    return false;
                }
                assertThat(caller.core().counters().get(SctpCounter.HEARTBEATS_SENT)).isGreaterThan(asked);
                return true;
            });
            return null;
        });
    }
}
