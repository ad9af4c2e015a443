// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.perf.load.PlainNode;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.sctp.SctpAddress;

/**
 * Calls every node at every port, takes every call, and says what it has heard others say, changed or not; as element,
 * user and registrar, over associations that come and go, and sometimes it does not read.
 */
final class MadPeer extends PlainNode {
    private static final int MOST_ASSOCIATIONS = 40;
    private static final int[] PPIDS = {SampleBook.ASAP, SampleBook.ENRP, SampleBook.H248, SampleBook.RAS, M3ua.PPID, 0,
        -1};
    private final MessagePort port;
    private final List<SctpAddress> targets;
    private final SampleBook book;
    private final Mutations mutations;
    private final RandomGenerator dice;
    private long sent;

    MadPeer(final MessagePort port, final List<SctpAddress> targets, final SampleBook book,
        final RandomGenerator dice) {
        super(port);
        this.port = port;
        this.targets = targets;
        this.book = book;
        this.dice = dice;
        mutations = new Mutations(dice);
        FirstWords.enter(book, port.localAddress().host());
    }

    /** Messages said. */
    long sent() {
        return sent;
    }

    /** One thing more. */
    void act(final long nowNs) {
        final List<Integer> all = port.associations();
        if (all.isEmpty() || dice.nextInt(40) == 0 && all.size() < MOST_ASSOCIATIONS) {
            port.connect(targets.get(dice.nextInt(targets.size())), nowNs);
            return;
        }
        final int association = all.get(dice.nextInt(all.size()));
        switch (dice.nextInt(120)) {
            case 0 -> port.abort(association, nowNs);
            case 1 -> port.shutdown(association, nowNs);
            case 2 -> port.setDeaf(association, true);
            case 3 -> all.forEach(a -> port.setDeaf(a, false));
            default -> speak(association, nowNs);
        }
    }

    /** A multicast datagram: every other time of the type that belongs there. */
    byte[] announcement(final int ppid) {
        final byte[] said = book.any(ppid).clone();
        if (dice.nextBoolean()) {
            said[0] = (byte) (ppid == SampleBook.ASAP ? AsapType.SERVER_ANNOUNCE : EnrpType.PRESENCE);
        }
        final byte[] message = dice.nextInt(8) == 0 ? said : mutations.mutate(ppid, said, book.any(ppid));
        return Arrays.copyOf(message, Math.min(message.length, AnnouncementPort.MOST_OCTETS));
    }

    /** Goes away for good. */
    void leave(final long nowNs) {
        port.node().isAway = true;
        port.associations().forEach(association -> {
            port.setDeaf(association, false);
            port.abort(association, nowNs);
        });
    }

    private int ppid(final int association) {
        if (dice.nextInt(20) == 0) {
            return PPIDS[dice.nextInt(PPIDS.length)];
        }
        final MessagePort peer = port.peerOf(association);
        final int there = peer == null ? 0 : peer.localAddress().port();
        if (there == NodeFuzz.ENRP_PORT) {
            return SampleBook.ENRP;
        }
        if (there == NodeFuzz.ASAP_PORT || dice.nextInt(3) == 0) {
            return SampleBook.ASAP;
        }
        return switch (there) {
            case NodeFuzz.GK_PORT -> SampleBook.RAS;
            case NodeFuzz.MG_PORT -> SampleBook.H248;
            case NodeFuzz.GWC_PORT -> dice.nextInt(4) > 0 ? M3ua.PPID : dice.nextBoolean() ? SampleBook.H248
                : SampleBook.RAS;
            default -> M3ua.PPID;
        };
    }

    private void speak(final int association, final long nowNs) {
        final int ppid = ppid(association);
        final byte[] said = book.any(ppid);
        if (said == null) {
            return;
        }
        final byte[] message = dice.nextInt(8) == 0 ? said.clone() : mutations.mutate(ppid, said, book.any(ppid));
        if (ppid == SampleBook.ENRP && message.length >= 12 && dice.nextInt(5) > 0) {
            // as the registrar that the association belongs to, or another one, to whoever reads it
            ByteBuffer.wrap(message).putInt(4, 0x66 + (dice.nextInt(8) == 0 ? dice.nextInt(500) : association))
                .putInt(8, 0);
        }
        final int stream = dice.nextInt(4) == 0 ? 0 : 1 + dice.nextInt(dice.nextInt(4) == 0 ? 1023 : 8);
        port.send(association, stream, ppid, false, message, 0, message.length, nowNs);
        sent++;
    }
}
