// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.isup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * One ISUP message (Q.763 section 1).
 *
 * <pre>
 *  CIC low | CIC high (4 bits) | type | mandatory fixed part |
 *  pointers to the mandatory variable parameters, pointer to the optional part | length, value ... |
 *  (parameter code, length, value)* | 0
 * </pre>
 *
 * @param cic      circuit identification code, 12 bits
 * @param type     message type
 * @param fixed    mandatory fixed part
 * @param variable mandatory variable parameters' values, in the order of the format
 * @param optional optional parameters, in their order, unknown ones included
 */
public record IsupMessage(int cic, IsupType type, byte[] fixed, List<byte[]> variable, List<Parameter> optional) {
    /** Longest message: a signalling unit carries 272 octets (Q.703 section 2.3.3). */
    public static final int LONGEST = 272;
    private static final int HEADER = 3;
    private static final int MOST_OPTIONAL = 64;

    /** An optional parameter as it came. */
    public record Parameter(int code, byte[] value) {
    }

    /** A message without optional part. */
    public static IsupMessage of(final int cic, final IsupType type, final byte[] fixed, final byte[]... variable) {
        return new IsupMessage(cic, type, fixed, List.of(variable), List.of());
    }

    /** The type's code of encoded bytes, or -1 if there are too few. */
    public static int typeCode(final byte[] b, final int offset, final int length) {
        return length < HEADER ? -1 : b[offset + 2] & 0xff;
    }

    /** The circuit of encoded bytes, or -1 if there are too few. */
    public static int cic(final byte[] b, final int offset, final int length) {
        return length < HEADER ? -1 : b[offset] & 0xff | (b[offset + 1] & 0x0f) << 8;
    }

    /** Reads a message of a known type. */
    public static IsupMessage decode(final byte[] b, final int offset, final int length) throws MalformedException {
        if (length < HEADER || length > LONGEST) {
            throw new MalformedException("no ISUP message has " + length + " octets");
        }
        final IsupType type = IsupType.of(b[offset + 2]);
        if (type == null) {
            throw new MalformedException("ISUP message of unknown type");
        }
        final int end = offset + length;
        final int pointers = offset + HEADER + type.fixed();
        final int after = pointers + type.variable() + (type.optional() ? 1 : 0);
        if (after > end) {
            throw new MalformedException("the ISUP message is too short for its type");
        }
        final List<byte[]> variable = new ArrayList<>(type.variable());
        for (int i = 0; i < type.variable(); i++) {
            variable.add(pointed(b, pointers + i, after, end));
        }
        final List<Parameter> optional = type.optional() ? optional(b, after - 1, after, end) : List.of();
        return new IsupMessage(cic(b, offset, length), type, Arrays.copyOfRange(b, offset + HEADER, pointers),
            variable, optional);
    }

    private static byte[] pointed(final byte[] b, final int pointer, final int least, final int end)
        throws MalformedException {
        final int at = pointer + (b[pointer] & 0xff);
        if (at < least || at >= end || at + 1 + (b[at] & 0xff) > end) {
            throw new MalformedException("an ISUP pointer leads out of the message");
        }
        return Arrays.copyOfRange(b, at + 1, at + 1 + (b[at] & 0xff));
    }

    private static List<Parameter> optional(final byte[] b, final int pointer, final int least, final int end)
        throws MalformedException {
        if (b[pointer] == 0) {
            return List.of();
        }
        final List<Parameter> result = new ArrayList<>();
        int at = pointer + (b[pointer] & 0xff);
        while (result.size() < MOST_OPTIONAL) {
            if (at < least || at >= end) {
                throw new MalformedException("the ISUP optional part does not end");
            }
            if (b[at] == 0) {
                return result;
            }
            if (at + 2 > end || at + 2 + (b[at + 1] & 0xff) > end) {
                throw new MalformedException("an ISUP parameter is longer than the message");
            }
            final int next = at + 2 + (b[at + 1] & 0xff);
            result.add(new Parameter(b[at] & 0xff, Arrays.copyOfRange(b, at + 2, next)));
            at = next;
        }
        throw new MalformedException("more ISUP parameters than any message has");
    }

    /** Writes it. @return octets written */
    public int encode(final byte[] b, final int offset) {
        b[offset] = (byte) cic;
        b[offset + 1] = (byte) (cic >> 8 & 0x0f);
        b[offset + 2] = (byte) type.code();
        System.arraycopy(fixed, 0, b, offset + HEADER, fixed.length);
        final int pointers = offset + HEADER + fixed.length;
        int at = pointers + variable.size() + (type.optional() ? 1 : 0);
        for (int i = 0; i < variable.size(); i++) {
            final byte[] value = variable.get(i);
            b[pointers + i] = (byte) (at - (pointers + i));
            b[at] = (byte) value.length;
            System.arraycopy(value, 0, b, at + 1, value.length);
            at += 1 + value.length;
        }
        if (type.optional()) {
            final int pointer = pointers + variable.size();
            b[pointer] = (byte) (optional.isEmpty() ? 0 : at - pointer);
            at = encodeOptional(b, at);
        }
        return at - offset;
    }

    private int encodeOptional(final byte[] b, final int from) {
        int at = from;
        for (final Parameter p : optional) {
            b[at] = (byte) p.code();
            b[at + 1] = (byte) p.value().length;
            System.arraycopy(p.value(), 0, b, at + 2, p.value().length);
            at += 2 + p.value().length;
        }
        if (!optional.isEmpty()) {
            b[at++] = 0;
        }
        return at;
    }

    /** Value of the first optional parameter with this code, or null. */
    public byte[] parameter(final int code) {
        for (final Parameter p : optional) {
            if (p.code() == code) {
                return p.value();
            }
        }
        return null;
    }
}
