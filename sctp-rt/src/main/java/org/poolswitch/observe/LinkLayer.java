// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.poolswitch.runtime.MalformedException;

/** Takes the link-layer and IP headers off a captured frame. Numbers: tcpdump.org/linktypes.html. */
final class LinkLayer {
    private static final int NULL_LOOPBACK = 0;
    private static final int ETHERNET = 1;
    private static final int RAW = 101;
    /** What some systems write for RAW. */
    private static final int RAW_BSD = 12;
    private static final int RAW_OPENBSD = 14;
    private static final int LOOP = 108;
    private static final int LINUX_SLL = 113;
    private static final int IPV4_ONLY = 228;
    private static final int IPV6_ONLY = 229;
    private static final int LINUX_SLL2 = 276;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_QINQ = 0x88a8;
    private static final int MOST_VLAN_TAGS = 4;

    private LinkLayer() {
    }

    /** The IP packet in a frame, or null if it holds none or only a fragment. */
    static CapturedPacket unwrap(final int linkType, final long timeNs, final ByteBuffer frame)
        throws MalformedException {
        switch (linkType) {
            case ETHERNET:
                return ethernet(timeNs, frame);
            case LINUX_SLL:
                return etherType(timeNs, frame, u16(frame, 14), 16);
            case LINUX_SLL2:
                return etherType(timeNs, frame, u16(frame, 0), 20);
            case NULL_LOOPBACK:
            case LOOP:
                return ip(timeNs, frame, 4);
            case RAW:
            case RAW_BSD:
            case RAW_OPENBSD:
            case IPV4_ONLY:
            case IPV6_ONLY:
                return ip(timeNs, frame, 0);
            default:
                return null;
        }
    }

    private static CapturedPacket ethernet(final long timeNs, final ByteBuffer frame) throws MalformedException {
        int at = 12;
        int type = u16(frame, at);
        for (int tags = 0; tags < MOST_VLAN_TAGS && (type == TYPE_VLAN || type == TYPE_QINQ); tags++) {
            at += 4;
            type = u16(frame, at);
        }
        return etherType(timeNs, frame, type, at + 2);
    }

    private static CapturedPacket etherType(final long timeNs, final ByteBuffer frame, final int type, final int at)
        throws MalformedException {
        return type == TYPE_IPV4 || type == TYPE_IPV6 ? ip(timeNs, frame, at) : null;
    }

    private static CapturedPacket ip(final long timeNs, final ByteBuffer frame, final int at)
        throws MalformedException {
        need(frame, at, 1);
        switch (frame.get(at) >> 4 & 0x0f) {
            case 4:
                return ipv4(timeNs, frame, at);
            case 6:
                return ipv6(timeNs, frame, at);
            default:
                return null;
        }
    }

    private static CapturedPacket ipv4(final long timeNs, final ByteBuffer frame, final int at)
        throws MalformedException {
        need(frame, at, 20);
        final int header = (frame.get(at) & 0x0f) * 4;
        int total = u16(frame, at + 2);
        if (total == 0) {
            // segmentation offload: the capturing card had not filled it in yet
            total = frame.limit() - at;
        }
        if (header < 20 || total < header) {
            throw new MalformedException("IPv4 lengths that contradict each other");
        }
        need(frame, at, total);
        // more fragments, or not the first one
        if ((u16(frame, at + 6) & 0x3fff) != 0) {
            return null;
        }
        return new CapturedPacket(timeNs, address(frame, at + 12, 4), address(frame, at + 16, 4),
            frame.get(at + 9) & 0xff, bytes(frame, at + header, total - header));
    }

    private static CapturedPacket ipv6(final long timeNs, final ByteBuffer frame, final int at)
        throws MalformedException {
        need(frame, at, 40);
        final int end = at + 40 + u16(frame, at + 4);
        need(frame, at, end - at);
        int next = frame.get(at + 6) & 0xff;
        int payload = at + 40;
        // hop-by-hop, routing and destination options may come before the payload (RFC 8200 section 4.1)
        while (next == 0 || next == 43 || next == 60) {
            need(frame, payload, 2);
            next = frame.get(payload) & 0xff;
            payload += ((frame.get(payload + 1) & 0xff) + 1) * 8;
        }
        if (payload > end) {
            throw new MalformedException("IPv6 extension headers longer than the packet");
        }
        return new CapturedPacket(timeNs, address(frame, at + 8, 16), address(frame, at + 24, 16), next,
            bytes(frame, payload, end - payload));
    }

    private static InetAddress address(final ByteBuffer frame, final int at, final int octets) {
        try {
            return InetAddress.getByAddress(bytes(frame, at, octets));
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("4 and 16 octets always are an address", e);
        }
    }

    private static byte[] bytes(final ByteBuffer frame, final int at, final int octets) {
        final byte[] result = new byte[octets];
        frame.get(at, result);
        return result;
    }

    private static int u16(final ByteBuffer frame, final int at) throws MalformedException {
        need(frame, at, 2);
        return frame.order(ByteOrder.BIG_ENDIAN).getShort(at) & 0xffff;
    }

    private static void need(final ByteBuffer frame, final int at, final int octets) throws MalformedException {
        if (octets > frame.limit() - at) {
            throw new MalformedException("a frame cut short");
        }
    }
}
