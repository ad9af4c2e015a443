// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** Multicast in the simulated network: all members hear, except those that are cut off, paused or dead. */
class SimAnnouncementsTest {
    private static final long MS = 1_000_000L;
    private final Map<String, List<String>> heard = new HashMap<>();

    /** Says its name every 10 ms and writes down what it hears. */
    private final class Member implements NodeMachine, SctpListener {
        private final String name;
        private final AnnouncementPort port;
        private long nextNs;

        Member(final String name, final boolean speaks) {
            this.name = name;
            nextNs = speaks ? 0 : NO_DEADLINE;
            final List<String> log = heard.computeIfAbsent(name, n -> new ArrayList<>());
            port = new AnnouncementPort(new InetSocketAddress(address(239), 3863), 3863, (b, offset, length, from,
                now) -> log.add(new String(b, offset, length) + "@" + from.getAddress().getHostAddress()));
        }

        @Override
        public List<AnnouncementPort> announcementPorts() {
            return List.of(port);
        }

        @Override
        public long nextDeadlineNs() {
            return nextNs;
        }

        @Override
        public void onDeadline(final long nowNs) {
            nextNs = nowNs + 10 * MS;
            port.announce(name.getBytes(), 0, name.length());
        }

        @Override
        public SctpListener sctpListener() {
            return this;
        }

        @Override
        public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
            final int outStreams, final int inStreams, final long nowNs) {
        }

        @Override
        public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
            final byte[] buffer, final int offset, final int length, final long nowNs) {
        }

        @Override
        public void onAssociationDown(final int association, final DownCause cause,
            final List<UndeliveredMessage> undelivered, final long nowNs) {
        }
    }

    private static InetAddress address(final int first) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) first, 0, 0, 1});
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private int count(final String name) {
        final int n = heard.get(name).size();
        heard.get(name).clear();
        return n;
    }

    @Test
    void allMembersHearWhatReachesThem() {
        final SimWorld world = new SimWorld(1, SimConfig.defaults(SctpConfig.carrier()));
        world.addNode("a", address(10), (e, r) -> new Member("a", true), 1);
        world.addNode("b", address(11), (e, r) -> new Member("b", false), 1);
        world.addNode("c", address(12), (e, r) -> new Member("c", false), 1);
        world.runFor(99 * MS);
        assertThat(heard.get("b")).as("all but the first, it was not there").hasSize(9).containsOnly("a@10.0.0.1");
        assertThat(count("a")).as("its own").isEqualTo(10);
        count("b");
        count("c");
        world.cut("a", "b");
        world.pause("c");
        world.runFor(100 * MS);
        assertThat(count("b")).isZero();
        assertThat(count("c")).isZero();
        world.resume("c");
        assertThat(count("c")).as("what waited in its socket").isBetween(9, 11);
        world.heal("a", "b");
        world.kill("c");
        world.runFor(100 * MS);
        assertThat(count("b")).isEqualTo(10);
        assertThat(count("c")).isZero();
        world.restart("c");
        world.runFor(100 * MS);
        assertThat(count("c")).isEqualTo(10);
    }
}
