// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * The blocks of a pcapng file (draft-ietf-opsawg-pcapng).
 *
 * <pre>
 *  block:   type | total length | body, padded to 32 bits | total length
 *  section: type 0x0A0D0D0A, body: byte-order magic 0x1A2B3C4D ...
 *  interface: type 1, body: link type (16) | reserved (16) | snap length | options
 *  enhanced packet: type 6, body: interface | time high | time low | octets here | octets on the wire | packet
 *  simple packet: type 3, body: octets on the wire | packet
 * </pre>
 */
final class PcapngBlocks {
    static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int OPTION_TSRESOL = 9;
    private static final int LEAST_BLOCK = 12;

    /** Takes one frame. */
    @FunctionalInterface
    interface FrameHandler {
        void onFrame(long timeNs, int linkType, int offset, int length);
    }

    private record Interface(int linkType, int resolution) {
        long toNs(final long time) {
            final int exponent = resolution & 0x7f;
            if ((resolution & 0x80) == 0) {
                long ns = time;
                for (int i = exponent; i < 9; i++) {
                    ns *= 10;
                }
                for (int i = 9; i < exponent; i++) {
                    ns /= 10;
                }
                return ns;
            }
            // powers of two; seconds and the rest apart, so that nothing overflows
            final long seconds = exponent > 62 ? 0 : time >>> exponent;
            final long rest = exponent > 62 ? time : time & (1L << exponent) - 1;
            return seconds * 1_000_000_000L + (long) (rest / Math.pow(2, exponent) * 1e9);
        }
    }

    private final ByteBuffer in;
    private final List<Interface> interfaces = new ArrayList<>();

    PcapngBlocks(final ByteBuffer in) {
        this.in = in;
    }

    void forEach(final FrameHandler handler) throws MalformedException {
        while (in.remaining() >= LEAST_BLOCK) {
            final int start = in.position();
            if (in.getInt(start) == SECTION_HEADER) {
                section(start);
            }
            final int length = in.getInt(start + 4);
            if (length < LEAST_BLOCK || (length & 3) != 0) {
                throw new MalformedException("a pcapng block of " + length + " octets");
            }
            if (length > in.remaining()) {
                return;
            }
            final int end = start + length - 4;
            switch (in.getInt(start)) {
                case INTERFACE -> addInterface(start + 8, end);
                case ENHANCED_PACKET -> enhanced(start + 8, end, handler);
                case SIMPLE_PACKET -> simple(start + 8, end, handler);
                default -> {
                    // statistics, names, comments
                }
            }
            in.position(start + length);
        }
    }

    private void section(final int start) throws MalformedException {
        in.order(ByteOrder.BIG_ENDIAN);
        if (in.getInt(start + 8) != BYTE_ORDER_MAGIC) {
            in.order(ByteOrder.LITTLE_ENDIAN);
            if (in.getInt(start + 8) != BYTE_ORDER_MAGIC) {
                throw new MalformedException("a pcapng section without a byte-order mark");
            }
        }
        interfaces.clear();
    }

    private void addInterface(final int start, final int end) throws MalformedException {
        if (end - start < 8) {
            throw new MalformedException("a pcapng interface block too short");
        }
        int resolution = 6;
        for (int at = start + 8; at + 4 <= end;) {
            final int code = in.getShort(at) & 0xffff;
            final int length = in.getShort(at + 2) & 0xffff;
            if (code == OPTION_TSRESOL && length >= 1 && at + 4 < end) {
                resolution = in.get(at + 4) & 0xff;
            }
            at += 4 + (length + 3 & ~3);
        }
        interfaces.add(new Interface(in.getShort(start) & 0xffff, resolution));
    }

    private void enhanced(final int start, final int end, final FrameHandler handler) throws MalformedException {
        if (end - start < 20) {
            throw new MalformedException("a pcapng packet block too short");
        }
        final int index = in.getInt(start);
        final int length = in.getInt(start + 12);
        if (index < 0 || index >= interfaces.size() || length < 0 || length > end - start - 20) {
            throw new MalformedException("a pcapng packet block with a wrong interface or length");
        }
        final long time = (long) in.getInt(start + 4) << 32 | in.getInt(start + 8) & 0xffffffffL;
        final Interface from = interfaces.get(index);
        handler.onFrame(from.toNs(time), from.linkType(), start + 20, length);
    }

    private void simple(final int start, final int end, final FrameHandler handler) throws MalformedException {
        if (interfaces.isEmpty() || end - start < 4) {
            throw new MalformedException("a pcapng simple packet without an interface");
        }
        final int length = Math.min(in.getInt(start) & 0x7fffffff, end - start - 4);
        handler.onFrame(0, interfaces.get(0).linkType(), start + 4, length);
    }
}
