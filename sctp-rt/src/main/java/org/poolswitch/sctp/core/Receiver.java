// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.zip.CRC32C;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.CommonHeader;

/** Whose packets are: an association's by their tag, out of the blue, or an opening (RFC 9260 sections 8.4 and 8.5). */
final class Receiver {
    private final Shared shared;
    private final AssociationTable table;
    private final Counters counters;
    private final Timers timers;
    private final Handshake handshake;
    private final StatelessReplies replies;
    private final ChunkDispatcher dispatcher;
    private final CRC32C crc = new CRC32C();

    Receiver(final Shared shared, final Timers timers, final Handshake handshake, final StatelessReplies replies,
        final ChunkDispatcher dispatcher) {
        this.timers = timers;
        this.shared = shared;
        this.table = shared.table();
        this.counters = shared.counters();
        this.handshake = handshake;
        this.replies = replies;
        this.dispatcher = dispatcher;
    }

    void onPacket(final InetAddress local, final InetAddress host, final int udpPort, final byte[] b,
        final int offset, final int length, final long nowNs) {
        counters.increment(SctpCounter.PACKETS_RECEIVED);
        if (length < CommonHeader.LENGTH + 4 || length > 65_535) {
            counters.increment(SctpCounter.MALFORMED);
            return;
        }
        if (!CommonHeader.checksumIsGood(crc, b, offset, length)) {
            counters.increment(SctpCounter.BAD_CHECKSUM);
            return;
        }
        try {
            dispatch(local, host, udpPort, b, offset, length, nowNs);
        } catch (final MalformedException e) {
            counters.increment(SctpCounter.MALFORMED);
        }
    }

    private void dispatch(final InetAddress local, final InetAddress host, final int udpPort, final byte[] b,
        final int offset, final int length, final long nowNs) throws MalformedException {
        final int tag = CommonHeader.verificationTag(b, offset);
        final int first = offset + CommonHeader.LENGTH;
        final int end = offset + length;
        final int type = b[first] & 0xff;
        final int chunkLength = Bytes.u16(b, first + 2);
        if (chunkLength < 4 || first + chunkLength > end || CommonHeader.sourcePort(b, offset) == 0) {
            throw new MalformedException("the first chunk's length is wrong");
        }
        final boolean reflected = (type == ChunkType.ABORT || type == ChunkType.SHUTDOWN_COMPLETE)
            && (b[first + 1] & ChunkType.FLAG_T) != 0;
        final Association a = tag == 0 || reflected || type == ChunkType.COOKIE_ECHO ? null : table.byTag(tag);
        if (a != null && !a.isClosed() && a.remotePort() == CommonHeader.sourcePort(b, offset)
            && a.localPort() == CommonHeader.destinationPort(b, offset)) {
            table.warm(a);
            known(a, local, host, udpPort, b, first, end, nowNs);
            return;
        }
        unusual(new StatelessReplies.Origin(local, host, udpPort, CommonHeader.sourcePort(b, offset),
            CommonHeader.destinationPort(b, offset)), tag, reflected, b, first, end, nowNs);
    }

    /** The usual packet: its tag is ours. */
    private void known(final Association a, final InetAddress local, final InetAddress host, final int udpPort,
        final byte[] b, final int first, final int end, final long nowNs) throws MalformedException {
        final int type = b[first] & 0xff;
        Path path = a.paths().find(host);
        if (path == null && type == ChunkType.INIT_ACK && a.state() == AssociationState.COOKIE_WAIT
            && a.paths().all().length < shared.config().maxPeerAddresses()
            && a.addresses().add(host, udpPort, PathState.UNCONFIRMED, nowNs)) {
            // only the peer can know the tag; but whether that address is its, a HEARTBEAT must show (section 5.4)
            path = a.paths().find(host);
        }
        if (path == null) {
            counters.increment(SctpCounter.UNKNOWN_SOURCE);
            return;
        }
        if (type == ChunkType.INIT) {
            // section 8.5.1 A: an INIT's tag is 0
            throw new MalformedException("INIT with a tag");
        }
        if (type == ChunkType.SHUTDOWN_ACK && a.state().isSettingUp()) {
            // section 8.5.1 E: of an association that we do not know any more
            replies.shutdownComplete(new StatelessReplies.Origin(local, host, udpPort, a.remotePort(), a.localPort()),
                a.localTag());
            return;
        }
        timers.catchUp(a, nowNs);
        a.heard(path, local, udpPort, end - first + CommonHeader.LENGTH, nowNs);
        dispatcher.chunks(a, path, b, first, end, nowNs);
    }

    private void unusual(final StatelessReplies.Origin from, final int tag, final boolean reflected, final byte[] b,
        final int first, final int end, final long nowNs) throws MalformedException {
        final int type = b[first] & 0xff;
        final int length = Bytes.u16(b, first + 2);
        if (!OutOfTheBlue.isUnicast(from)) {
            counters.increment(SctpCounter.OUT_OF_THE_BLUE);
            return;
        }
        if (tag == 0 && type != ChunkType.INIT) {
            // section 8.5.1 A: silently
            throw new MalformedException("a tag of 0, but no INIT");
        }
        if (type == ChunkType.INIT) {
            // section 6.10: INIT is never bundled; section 8.5.1 A: its tag is 0
            if (tag != 0 || first + Bytes.padded(length) < end) {
                throw new MalformedException("INIT with a tag or with company");
            }
            handshake.onInit(from, b, first, length, nowNs);
            return;
        }
        if (type == ChunkType.COOKIE_ECHO) {
            final Association a = handshake.onCookieEcho(from, tag, b, first, length, nowNs);
            final Path path = a == null ? null : a.paths().find(from.remote());
            if (path != null) {
                timers.catchUp(a, nowNs);
                a.heard(path, from.local(), from.udpPort(), end - first + CommonHeader.LENGTH, nowNs);
                dispatcher.chunks(a, path, b, first + Bytes.padded(length), end, nowNs);
            }
            return;
        }
        final Association a = table.byAddress(from.remote(), from.remotePort(), from.localPort());
        if (a != null && !a.isClosed() && reflected && tag == a.peerTag() && tag != 0) {
            // section 8.5.1 B and C: the peer does not know our tag and reflects its own
            timers.catchUp(a, nowNs);
            a.heard(a.paths().find(from.remote()), from.local(), from.udpPort(), end - first + CommonHeader.LENGTH,
                nowNs);
            dispatcher.chunks(a, a.paths().find(from.remote()), b, first, end, nowNs);
        } else if (a == null || a.isClosed() || a.addresses().onlyClaims(from.remote())) {
            OutOfTheBlue.answer(replies, counters, from, tag, b, first, end);
        } else {
            counters.increment(SctpCounter.BAD_VERIFICATION_TAG);
            if (type == ChunkType.SHUTDOWN_ACK && a.state().isSettingUp()) {
                replies.shutdownComplete(from, tag);
            }
        }
    }
}
