// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * OBJECT IDENTIFIER: a length determinant and BER contents octets (X.691 section 24, X.690 section 8.19).
 *
 * @param dotted arcs in decimal, for example {@code 0.0.8.2250.0.7}
 */
public record ObjectIdentifier(String dotted) {
    /** Arcs of one identifier; the longest in use have about twenty. */
    private static final int MAX_ARCS = 64;

    public ObjectIdentifier {
        if (!dotted.matches("[0-2](\\.[0-9]{1,10}){1," + (MAX_ARCS - 1) + "}")) {
            throw new IllegalArgumentException("not an object identifier: " + dotted);
        }
    }

    /** itu-t(0) recommendation(0) h(8) h225-0(2250) version(0) 7: the edition this package follows. */
    public static final ObjectIdentifier H225_VERSION_7 = new ObjectIdentifier("0.0.8.2250.0.7");

    static ObjectIdentifier decode(final PerReader in) throws MalformedException {
        final int length = in.length();
        final int at = in.octets(length);
        final StringBuilder text = new StringBuilder();
        long arc = 0;
        int arcs = 0;
        for (int i = 0; i < length; i++) {
            final int octet = in.buffer()[at + i];
            arc = arc << 7 | octet & 0x7f;
            if (arc > 0xffffffffL) {
                throw new MalformedException("object identifier's arc is too great");
            }
            if (octet >= 0) {
                append(text, arc);
                arc = 0;
                arcs++;
            }
        }
        if (length == 0 || in.buffer()[at + length - 1] < 0 || arcs >= MAX_ARCS) {
            throw new MalformedException("object identifier is cut or too long");
        }
        return new ObjectIdentifier(text.toString());
    }

    private static void append(final StringBuilder text, final long arc) {
        if (text.length() > 0) {
            text.append('.').append(arc);
        } else {
            // the first octets carry two arcs: 40 * first + second (X.690 section 8.19.4)
            final long first = Math.min(2, arc / 40);
            text.append(first).append('.').append(arc - 40 * first);
        }
    }

    void encode(final PerWriter out) {
        final String[] arcs = dotted.split("\\.");
        final byte[] contents = new byte[5 * arcs.length];
        int length = put(contents, 0, 40 * Long.parseLong(arcs[0]) + Long.parseLong(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            length = put(contents, length, Long.parseLong(arcs[i]));
        }
        out.length(length);
        out.octets(contents, 0, length);
    }

    private static int put(final byte[] target, final int at, final long arc) {
        int septets = 1;
        while (septets < 5 && arc >>> 7 * septets != 0) {
            septets++;
        }
        for (int i = septets - 1; i >= 0; i--) {
            target[at + septets - 1 - i] = (byte) (arc >>> 7 * i & 0x7f | (i == 0 ? 0 : 0x80));
        }
        return at + septets;
    }

    @Override
    public String toString() {
        return dotted;
    }
}
