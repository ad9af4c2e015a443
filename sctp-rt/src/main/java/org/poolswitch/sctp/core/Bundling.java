// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/**
 * Writes what an association owes its peer, in the order of RFC 9260 section 6.10: an ABORT goes alone, and so does an
 * INIT; a COOKIE ECHO comes first in its packet; control chunks and a SACK stand in front of DATA. One for all of an
 * endpoint.
 */
final class Bundling {
    private final PacketWriter packets;
    private final EventQueue events;
    private final DataWriter data;

    Bundling(final Shared shared, final PacketWriter packets) {
        this.packets = packets;
        this.events = shared.events();
        this.data = new DataWriter(shared.config(), packets);
    }

    void flush(final Association a, final long nowNs) {
        packets.use(a);
        a.due().writeAbort(packets, a.paths().reply(), nowNs);
        if (a.isClosed()) {
            return;
        }
        if (a.outbound().queue().takeSendable()) {
            // acknowledged, or given up: room is room
            events.sendable(a);
        }
        final ControlChunks due = a.due();
        if (due.init) {
            due.init = false;
            a.setup().writeInit(packets, nowNs);
        } else if (due.cookieEcho) {
            due.cookieEcho = false;
            a.setup().writeCookieEcho(packets, data, nowNs);
        } else if (!a.state().isSettingUp()) {
            control(a, due, nowNs);
            if (a.state().sendsData()) {
                data.flush(a, nowNs);
            }
            sack(a, nowNs);
            packets.end(nowNs);
        }
    }

    private void control(final Association a, final ControlChunks due, final long nowNs) {
        if (due.cookieAckTo != null) {
            // what may not go there goes with the replies
            a.heartbeats().writeCookieAck(packets, due, due.cookieAckTo, nowNs);
            due.cookieAckTo = null;
        }
        due.write(packets, a.paths().reply(), nowNs);
        due.writeShutdown(packets, a.shutdown().path(), a.inbound(), nowNs);
        if (a.reset() != null) {
            a.reset().write(packets, nowNs);
        }
        for (final Path path : a.paths().all()) {
            a.heartbeats().write(packets, path, nowNs);
        }
    }

    /** The SACK that is due and found no DATA to ride with. */
    private void sack(final Association a, final long nowNs) {
        final Inbound inbound = a.inbound();
        if (inbound.mustSack() && a.state().carriesData()) {
            if (packets.hasData()) {
                packets.end(nowNs);
            }
            packets.open(a.paths().reply(), inbound.sackRoom(), nowNs);
            packets.wrote(inbound.writeSack(packets.buffer(), packets.at(), packets.room()));
        }
    }
}
