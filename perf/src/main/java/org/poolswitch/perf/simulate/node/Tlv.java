// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.rserpool.ParameterType;

/** A parameter as one can change it: what is fixed in it, and the parameters inside. */
final class Tlv {
    private static final int HEADER = 4;
    int type;
    byte[] fixed;
    final List<Tlv> inside;

    Tlv(final int type, final byte[] fixed, final List<Tlv> inside) {
        this.type = type;
        this.fixed = fixed;
        this.inside = inside;
    }

    Tlv copy() {
        return new Tlv(type, fixed.clone(), new ArrayList<>(inside.stream().map(Tlv::copy).toList()));
    }

    /** Octets before the parameters inside; -1 if there are none inside. */
    private static int fixedOctets(final int type) {
        return switch (type) {
            case ParameterType.POOL_ELEMENT -> 12;
            case ParameterType.DCCP_TRANSPORT -> 8;
            case ParameterType.SCTP_TRANSPORT, ParameterType.TCP_TRANSPORT, ParameterType.UDP_TRANSPORT,
                ParameterType.UDP_LITE_TRANSPORT, ParameterType.SERVER_INFORMATION -> 4;
            case ParameterType.OPERATION_ERROR -> 0;
            default -> -1;
        };
    }

    /** As many parameters as there are, good or bad. */
    static List<Tlv> read(final ByteBuffer in) {
        final List<Tlv> all = new ArrayList<>();
        while (in.remaining() >= HEADER) {
            final int type = in.getShort() & 0xffff;
            final int told = (in.getShort() & 0xffff) - HEADER;
            final int length = Math.max(0, Math.min(in.remaining(), told));
            final byte[] value = new byte[length];
            in.get(value);
            in.position(Math.min(in.limit(), in.position() + (-length & 3)));
            all.add(of(type, value));
        }
        return all;
    }

    private static Tlv of(final int type, final byte[] value) {
        final int fixed = fixedOctets(type);
        return fixed < 0 || fixed > value.length ? new Tlv(type, value, new ArrayList<>())
            : new Tlv(type, Arrays.copyOf(value, fixed), read(ByteBuffer.wrap(value, fixed, value.length - fixed)));
    }

    /** Octets of {@link #write}, padding included. */
    int length() {
        int length = HEADER + fixed.length;
        for (final Tlv tlv : inside) {
            length = padded(length) + tlv.length();
        }
        return padded(length);
    }

    private static int padded(final int length) {
        return length + 3 & ~3;
    }

    /** What does not fit into 16 bits of length is written all the same. */
    void write(final ByteBuffer out) {
        final int at = out.position();
        out.putShort((short) type).putShort((short) 0).put(fixed);
        int end = out.position();
        for (final Tlv tlv : inside) {
            pad(out, at);
            tlv.write(out);
            end = out.position();
        }
        out.putShort(at + 2, (short) (end - at));
        pad(out, at);
    }

    private static void pad(final ByteBuffer out, final int from) {
        while ((out.position() - from & 3) != 0) {
            out.put((byte) 0);
        }
    }

    /** This one and all inside. */
    void collect(final List<Tlv> all) {
        all.add(this);
        inside.forEach(tlv -> tlv.collect(all));
    }
}
