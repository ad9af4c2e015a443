// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.ByteBuffer;

/** Writes messages and parameters with their lengths and padding (RFC 5354 section 3). */
public final class ParameterWriter {
    private final ByteBuffer out;
    private final int[] open = new int[8];
    private int depth;
    /** Octets of padding just written: never part of what encloses them when they are its last. */
    private int padding;

    /** @param capacity octets of the longest message */
    public ParameterWriter(final int capacity) {
        out = ByteBuffer.allocate(capacity);
    }

    /** Begins a message; what was there is forgotten. */
    public ParameterWriter message(final int type, final int flags) {
        out.clear();
        depth = 0;
        padding = 0;
        out.put((byte) type).put((byte) flags).putShort((short) 0);
        return this;
    }

    /** Begins with nothing, for a parameter outside a message. */
    public ParameterWriter clear() {
        out.clear();
        depth = 0;
        padding = 0;
        return this;
    }

    /** Begins a parameter, to be closed by {@link #end}. */
    public ParameterWriter begin(final int type) {
        padding = 0;
        open[depth++] = out.position();
        out.putShort((short) type).putShort((short) 0);
        return this;
    }

    /** Ends the innermost open parameter: its length is set, its padding written. */
    public ParameterWriter end() {
        final int at = open[--depth];
        final int length = out.position() - padding - at;
        out.putShort(at + 2, (short) length);
        while ((out.position() - at & 3) != 0) {
            out.put((byte) 0);
        }
        padding = out.position() - at - length;
        return this;
    }

    public ParameterWriter word(final int value) {
        padding = 0;
        out.putInt(value);
        return this;
    }

    public ParameterWriter half(final int value) {
        padding = 0;
        out.putShort((short) value);
        return this;
    }

    public ParameterWriter bytes(final byte[] value) {
        padding = 0;
        out.put(value);
        return this;
    }

    public ParameterWriter bytes(final byte[] from, final int offset, final int length) {
        padding = 0;
        out.put(from, offset, length);
        return this;
    }

    /** A whole parameter. */
    public ParameterWriter parameter(final int type, final byte[] value) {
        return begin(type).bytes(value).end();
    }

    /** A parameter that is there already, header included, padding not. */
    public ParameterWriter whole(final byte[] parameter) {
        return whole(parameter, 0, parameter.length);
    }

    /** The same with the first {@code length} octets from {@code offset} on; its length field is set to them. */
    public ParameterWriter whole(final byte[] from, final int offset, final int length) {
        return begin((from[offset] & 0xff) << 8 | from[offset + 1] & 0xff).bytes(from, offset + 4, length - 4).end();
    }

    /** Octets written so far, padding included. */
    public int position() {
        return out.position();
    }

    /** Forgets what was written from {@code position} on; there a parameter ended. */
    public ParameterWriter rewind(final int position) {
        out.position(position);
        padding = 0;
        return this;
    }

    /** Room that is left. */
    public int remaining() {
        return out.remaining();
    }

    /** Ends the message. @return its octets, padding included; they are at the start of {@link #buffer} */
    public int finish() {
        out.putShort(2, (short) (out.position() - padding));
        return out.position();
    }

    public byte[] buffer() {
        return out.array();
    }
}
