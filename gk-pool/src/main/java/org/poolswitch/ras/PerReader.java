// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * Reads the basic items of ALIGNED BASIC-PER (X.691) from part of an array. Alignment counts from the first octet read.
 * Never reads past its limit; whatever does not fit is a {@link MalformedException}. Values of 16384 octets and more,
 * which PER cuts into fragments, are refused: no RAS message is that long.
 */
final class PerReader {
    private static final int FRAGMENTED = 0xc0;
    private static final boolean[] NONE = {};
    private byte[] buffer;
    private int base;
    private int bitPosition;
    private int bitLimit;

    PerReader(final byte[] buffer, final int offset, final int length) {
        this.buffer = buffer;
        base = offset;
        bitLimit = Math.multiplyExact(length, 8);
    }

    byte[] buffer() {
        return buffer;
    }

    /** X.691 section 12: one bit. */
    boolean bit() throws MalformedException {
        if (bitPosition >= bitLimit) {
            throw new MalformedException("PER value ends early");
        }
        final int octet = buffer[base + (bitPosition >> 3)];
        final boolean set = (octet >> 7 - (bitPosition & 7) & 1) != 0;
        bitPosition++;
        return set;
    }

    /** A bit-field of 0 to 31 bits, not aligned. */
    int bits(final int count) throws MalformedException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | (bit() ? 1 : 0);
        }
        return value;
    }

    /** Skips to the next octet boundary. */
    void align() {
        bitPosition = bitPosition + 7 & ~7;
    }

    /** Aligns and steps over {@code count} octets. @return where in {@link #buffer} they begin */
    int octets(final int count) throws MalformedException {
        align();
        if (count > bitLimit - bitPosition >> 3) {
            throw new MalformedException("PER octets end early");
        }
        final int at = base + (bitPosition >> 3);
        bitPosition += count * 8;
        return at;
    }

    /**
     * A constrained whole number (X.691 section 11.5): a bit-field up to a range of 255, one aligned octet for 256, two
     * for up to 65536, and above that as many octets as its own length says.
     */
    long constrained(final long least, final long most) throws MalformedException {
        final long range = most - least + 1;
        final long value;
        if (range <= 255) {
            value = bits(bitsFor(range));
        } else if (range <= 256) {
            value = unsigned(1);
        } else if (range <= 65536) {
            value = unsigned(2);
        } else {
            // the length itself is constrained to 1 .. octets of the greatest value (section 11.5.7.4)
            value = unsigned((int) constrained(1, octetsFor(most - least)));
        }
        if (value > most - least) {
            throw new MalformedException("PER number is out of its range");
        }
        return least + value;
    }

    int constrainedInt(final int least, final int most) throws MalformedException {
        return (int) constrained(least, most);
    }

    private long unsigned(final int octets) throws MalformedException {
        final int at = octets(octets);
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | buffer[at + i] & 0xff;
        }
        return value;
    }

    /** Bits that a bit-field for this many values needs. */
    static int bitsFor(final long range) {
        return 64 - Long.numberOfLeadingZeros(range - 1);
    }

    /** Octets that an unsigned number needs, at least 1. */
    static int octetsFor(final long value) {
        return Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 7) / 8);
    }

    /** An unconstrained length determinant (X.691 section 11.9.3.5 to 11.9.3.8), without fragments. */
    int length() throws MalformedException {
        final int first = (int) unsigned(1);
        if (first < 0x80) {
            return first;
        }
        if ((first & FRAGMENTED) == FRAGMENTED) {
            throw new MalformedException("PER value is fragmented");
        }
        return (first & 0x3f) << 8 | (int) unsigned(1);
    }

    /** A normally small non-negative whole number (X.691 section 11.6). */
    int normallySmall() throws MalformedException {
        if (!bit()) {
            return bits(6);
        }
        final int octets = length();
        if (octets < 1 || octets > 3) {
            throw new MalformedException("PER normally small number is not small");
        }
        return (int) unsigned(octets);
    }

    /** A count of items of which each takes at least one bit, so that no list is longer than its message. */
    int count() throws MalformedException {
        final int count = length();
        if (count > bitLimit - bitPosition) {
            throw new MalformedException("PER list is longer than its message");
        }
        return count;
    }

    /** CHOICE index without extension marker or of a root alternative. */
    int choice(final int alternatives) throws MalformedException {
        return constrainedInt(0, alternatives - 1);
    }

    /**
     * CHOICE with an extension marker (X.691 section 23.5 to 23.8).
     *
     * @return the index of a root alternative, or {@code roots} + the index of an addition; the addition's value is an
     *     open type ({@link #enterOpenType})
     */
    int extensibleChoice(final int roots) throws MalformedException {
        return bit() ? roots + normallySmall() : choice(roots);
    }

    /**
     * CHOICE with an extension marker whose root alternatives are NULL and whose value is only its index; the value of
     * an addition is skipped.
     */
    int tag(final int roots) throws MalformedException {
        final int index = extensibleChoice(roots);
        if (index >= roots) {
            skipOpenType();
        }
        return index;
    }

    /** An open type (X.691 section 11.2): narrows the limit to its contents. @return the mark to leave with */
    int enterOpenType() throws MalformedException {
        final int length = length();
        align();
        if (length > bitLimit - bitPosition >> 3) {
            throw new MalformedException("PER open type ends early");
        }
        final int mark = bitLimit;
        bitLimit = bitPosition + length * 8;
        return mark;
    }

    /** Steps over whatever is left of the open type. */
    void leaveOpenType(final int mark) {
        bitPosition = bitLimit;
        bitLimit = mark;
    }

    void skipOpenType() throws MalformedException {
        octets(length());
    }

    /** The contents of an open type. */
    Octets openType() throws MalformedException {
        return Octets.decode(this);
    }

    /** The bitmap in front of a SEQUENCE's extension additions (X.691 section 19.7 and 19.8). */
    boolean[] extensions() throws MalformedException {
        // a normally small length: count - 1 in six bits, or a bit and a general length (section 11.9.3.4)
        final int count = bit() ? count() : bits(6) + 1;
        final boolean[] present = new boolean[count];
        for (int i = 0; i < count; i++) {
            present[i] = bit();
        }
        return present;
    }

    /** Steps over all extension additions, if there are any. @param extended the SEQUENCE's extension bit */
    void skipExtensions(final boolean extended) throws MalformedException {
        for (final boolean present : extended ? extensions() : NONE) {
            if (present) {
                skipOpenType();
            }
        }
    }

    /** Characters of a known-multiplier string, {@code bitsEach} wide; aligned first. */
    String characters(final int count, final int bitsEach, final String alphabet) throws MalformedException {
        align();
        if ((long) count * bitsEach > bitLimit - bitPosition) {
            throw new MalformedException("PER string ends early");
        }
        final char[] text = new char[count];
        for (int i = 0; i < count; i++) {
            final int value = bitsEach == 16 ? (int) unsigned(2) : bits(bitsEach);
            if (alphabet == null) {
                text[i] = (char) value;
            } else if (value < alphabet.length()) {
                text[i] = alphabet.charAt(value);
            } else {
                throw new MalformedException("PER character is not in its alphabet");
            }
        }
        return new String(text);
    }

    /** BMPString (SIZE (1..most)). */
    String bmpString(final int most) throws MalformedException {
        return characters(constrainedInt(1, most), 16, null);
    }
}
