// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpAddress;

/**
 * Nodes that exchange whole messages, in order and without packets: cheap enough for millions of them, and for
 * messages that go on in the middle of a conversation as somebody else wants them ({@link Tap}).
 */
final class MessageNetwork {
    static final long MS = 1_000_000L;
    /** One way. */
    static final long DELAY_NS = MS;

    /** Sees every message, and says what arrives in its place. */
    @FunctionalInterface
    interface Tap {
        /** @return none, one or several messages */
        List<byte[]> on(Node from, Node to, int ppid, byte[] message);
    }

    private record Event(long atNs, long order, Runnable what) {
    }

    /** A node and its ports. */
    final class Node {
        final String name;
        final List<MessagePort> ports = new ArrayList<>();
        /** Takes calls at every port. */
        boolean anyPort;
        /** Takes no calls any more. */
        boolean isAway;
        NodeMachine machine;

        Node(final String name) {
            this.name = name;
        }

        MessagePort port(final InetAddress host, final int port) {
            final MessagePort added = new MessagePort(MessageNetwork.this, this, ports.size(),
                SctpAddress.of(host, port, SctpAddress.DEFAULT_ENCAPSULATION_PORT));
            ports.add(added);
            return added;
        }

        void boot(final NodeMachine made) {
            machine = made;
            input("start", null, () -> machine.onStart(nowNs));
        }

        /** Something goes into the machine; what it throws ends the run. */
        void input(final String what, final byte[] message, final Runnable run) {
            try {
                run.run();
            } catch (final RuntimeException | Error e) {
                throw new NodeFailure(name, what, message, e);
            }
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::atNs)
        .thenComparingLong(Event::order));
    private final List<Node> nodes = new ArrayList<>();
    private final RandomGenerator dice;
    private final Tap tap;
    private long order;
    private int associations;
    private long nowNs = 1_000_000 * MS;

    MessageNetwork(final RandomGenerator dice, final Tap tap) {
        this.dice = dice;
        this.tap = tap;
    }

    Node add(final String name) {
        final Node node = new Node(name);
        nodes.add(node);
        return node;
    }

    List<Node> nodes() {
        return nodes;
    }

    Tap tap() {
        return tap;
    }

    RandomGenerator dice() {
        return dice;
    }

    long nowNs() {
        return nowNs;
    }

    int newAssociation() {
        return ++associations;
    }

    void after(final long delayNs, final Runnable what) {
        events.add(new Event(nowNs + delayNs, order++, what));
    }

    /** Who takes calls there, or null. */
    MessagePort at(final SctpAddress address) {
        for (final Node node : nodes) {
            for (final MessagePort port : node.ports) {
                if (!node.isAway && address.hosts().contains(port.localAddress().host())
                    && (node.anyPort || port.localAddress().port() == address.port())) {
                    return port;
                }
            }
        }
        return null;
    }

    /** Lets time pass: events and deadlines, each when it is due. */
    void run(final long ns) {
        final long end = nowNs + ns;
        while (true) {
            Node first = null;
            long deadline = Machine.NO_DEADLINE;
            for (final Node node : nodes) {
                final long next = node.machine == null ? Machine.NO_DEADLINE : node.machine.nextDeadlineNs();
                if (next < deadline) {
                    deadline = next;
                    first = node;
                }
            }
            final Event event = events.peek();
            final boolean isEvent = event != null && event.atNs <= deadline;
            if ((isEvent ? event.atNs : deadline) > end) {
                nowNs = end;
                return;
            }
            if (isEvent) {
                nowNs = Math.max(nowNs, event.atNs);
                events.poll().what.run();
            } else {
                nowNs = Math.max(nowNs, deadline);
                final Node due = first;
                due.input("deadline", null, () -> due.machine.onDeadline(nowNs));
            }
        }
    }
}
