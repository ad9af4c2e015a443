// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.poolswitch.runtime.MalformedException;

/**
 * A pool's name: octets without meaning (RFC 5354 section 3.9), any number in the standard. Here 1 to
 * {@link #LONGEST}; RSPLIB takes 32.
 *
 * <pre>
 *  0x0009 | length | octets
 * </pre>
 */
public final class PoolHandle {
    /** Longest handle: one that is longer is no message of ASAP or ENRP here. */
    public static final int LONGEST = 1024;
    private static final String HEX = "0x";
    private final byte[] octets;
    private final int wordSum;
    private final int swappedWordSum;

    public PoolHandle(final byte[] octets) {
        if (octets.length < 1 || octets.length > LONGEST) {
            throw new IllegalArgumentException("a pool handle has 1 to " + LONGEST + " octets, not " + octets.length);
        }
        this.octets = octets.clone();
        int sum = 0;
        int swapped = 0;
        for (int i = 0; i < octets.length; i += 2) {
            final int word = (octets[i] & 0xff) << 8 | (i + 1 < octets.length ? octets[i + 1] & 0xff : 0);
            sum += word;
            swapped += PeSum.swap(word);
        }
        wordSum = sum;
        swappedWordSum = swapped;
    }

    /** A handle written as text, one octet a character. */
    public static PoolHandle of(final String text) {
        return new PoolHandle(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Octets as operators read and write them: visible ASCII characters as they are, anything else as {@code 0x} and
     * hexadecimal digits, and so what would be taken for digits when it is read back.
     */
    public static String text(final byte[] octets) {
        for (final byte b : octets) {
            if (b <= ' ' || b > '~') {
                return HEX + HexFormat.of().formatHex(octets);
            }
        }
        final String text = new String(octets, StandardCharsets.US_ASCII);
        return text.startsWith(HEX) ? HEX + HexFormat.of().formatHex(octets) : text;
    }

    /** Reads the current parameter of {@code in}. */
    public static PoolHandle read(final ParameterReader in) throws MalformedException {
        final int length = in.value().limit();
        if (length < 1 || length > LONGEST) {
            throw new MalformedException("a pool handle of " + length + " octets");
        }
        return new PoolHandle(in.bytes());
    }

    /** Writes it. */
    public void write(final ParameterWriter out) {
        out.parameter(ParameterType.POOL_HANDLE, octets);
    }

    /** How many octets it has. */
    public int length() {
        return octets.length;
    }

    public byte[] octets() {
        return octets;
    }

    /** Sum of its 16-bit words, for the PE checksum. */
    int wordSum() {
        return wordSum;
    }

    /** The same of words in little-endian order. */
    int swappedWordSum() {
        return swappedWordSum;
    }

    /** Whether these octets are the handle's. */
    public boolean is(final byte[] buffer, final int offset, final int length) {
        return Arrays.equals(octets, 0, octets.length, buffer, offset, offset + length);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PoolHandle that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
