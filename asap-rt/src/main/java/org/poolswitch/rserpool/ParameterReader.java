// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * Walks through the parameters of a message or of another parameter (RFC 5354 section 3).
 *
 * <pre>
 *  type (2) | length (2), header included, padding not | value | padding to a multiple of 4
 * </pre>
 *
 * <p>Parameters that the caller does not know are treated by their type's two high bits: 00 and 01 stop, 10 and 11
 * skip; x1 is to be reported.
 */
public final class ParameterReader {
    /** Parameters that one reader walks over unless told otherwise: no ASAP message has more. */
    public static final int MOST_PARAMETERS = 256;
    private final ByteBuffer in;
    private final int most;
    private final List<byte[]> unrecognized = new ArrayList<>();
    private int type;
    private int count;
    private ByteBuffer value;

    public ParameterReader(final ByteBuffer in) {
        this(in, MOST_PARAMETERS);
    }

    /** @param most parameters after which the sender is taken for a nuisance */
    public ParameterReader(final ByteBuffer in, final int most) {
        this.in = in;
        this.most = most;
    }

    /** Goes to the next parameter. @return false at the end */
    public boolean next() throws MalformedException {
        if (in.remaining() < 4) {
            return false;
        }
        if (++count > most) {
            throw new MalformedException("more parameters than any message has");
        }
        type = in.getShort(in.position()) & 0xffff;
        final int length = in.getShort(in.position() + 2) & 0xffff;
        if (length < 4 || length > in.remaining()) {
            throw new MalformedException("a parameter is longer than what is left");
        }
        value = in.slice(in.position() + 4, length - 4);
        in.position(Math.min(in.limit(), in.position() + (length + 3 & ~3)));
        return true;
    }

    /** Type of the current parameter. */
    public int type() {
        return type;
    }

    /** Value of the current parameter, its own view. */
    public ByteBuffer value() {
        return value;
    }

    /** The current parameter is not known here. @return true if reading may go on */
    public boolean skipUnknown() {
        if ((type & 0x4000) != 0) {
            unrecognized.add(whole());
        }
        return (type & 0x8000) != 0;
    }

    /** The current parameter with its header, without its padding. */
    public byte[] whole() {
        final byte[] whole = new byte[4 + value.limit()];
        ByteBuffer.wrap(whole).putShort((short) type).putShort((short) whole.length).put(value.duplicate().rewind());
        return whole;
    }

    /** The unknown parameters that must be reported, each whole. */
    public List<byte[]> unrecognized() {
        return unrecognized;
    }

    /** A 32-bit value. */
    public int word() throws MalformedException {
        try {
            return value.getInt(0);
        } catch (final IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new MalformedException("a parameter is too short");
        }
    }

    /** The value as bytes of its own. */
    public byte[] bytes() {
        final byte[] copy = new byte[value.limit()];
        value.get(0, copy);
        return copy;
    }
}
