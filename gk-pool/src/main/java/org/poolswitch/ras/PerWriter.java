// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import java.util.Arrays;

/**
 * Writes the basic items of ALIGNED BASIC-PER (X.691) into an array that it owns and reuses. See {@link PerReader} for
 * the paragraphs. Values handed in come from records that have checked them.
 */
public final class PerWriter {
    /** Longest message written; a longer one would need PER's fragments. */
    static final int LIMIT = 16_383;
    private byte[] buffer = new byte[512];
    private int bitPosition;

    /** Forgets what was written. */
    public PerWriter reset() {
        bitPosition = 0;
        return this;
    }

    /** What was written: octets 0 to {@link #octetsWritten()} - 1. Valid until the next write. */
    public byte[] buffer() {
        return buffer;
    }

    /** A complete encoding has at least one octet (X.691 section 11.1.3). */
    public int octetsWritten() {
        return Math.max(1, bitPosition + 7 >> 3);
    }

    private void ensure(final int moreBits) {
        final int needed = (bitPosition + moreBits + 7 >> 3) + 1;
        if (needed > buffer.length) {
            if (needed > LIMIT) {
                throw new IllegalStateException("a RAS message of more than " + LIMIT + " octets");
            }
            buffer = Arrays.copyOf(buffer, Math.min(LIMIT, Math.max(needed, 2 * buffer.length)));
        }
    }

    void bit(final boolean set) {
        ensure(1);
        final int at = bitPosition >> 3;
        final int mask = 0x80 >> (bitPosition & 7);
        if ((bitPosition & 7) == 0) {
            buffer[at] = 0;
        }
        if (set) {
            buffer[at] |= (byte) mask;
        }
        bitPosition++;
    }

    void bits(final int value, final int count) {
        for (int i = count - 1; i >= 0; i--) {
            bit((value >> i & 1) != 0);
        }
    }

    void align() {
        bitPosition = bitPosition + 7 & ~7;
    }

    /** Aligns and makes room for {@code count} octets. @return where in {@link #buffer} they go */
    int reserve(final int count) {
        align();
        ensure(count * 8);
        final int at = bitPosition >> 3;
        bitPosition += count * 8;
        return at;
    }

    void octets(final byte[] source, final int offset, final int count) {
        final int at = reserve(count);
        System.arraycopy(source, offset, buffer, at, count);
    }

    private void unsigned(final long value, final int octets) {
        final int at = reserve(octets);
        for (int i = 0; i < octets; i++) {
            buffer[at + i] = (byte) (value >>> 8 * (octets - 1 - i));
        }
    }

    /** X.691 section 11.5. */
    void constrained(final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(value + " is not in " + least + ".." + most);
        }
        final long range = most - least + 1;
        final long number = value - least;
        if (range <= 255) {
            bits((int) number, PerReader.bitsFor(range));
        } else if (range <= 256) {
            unsigned(number, 1);
        } else if (range <= 65536) {
            unsigned(number, 2);
        } else {
            final int octets = PerReader.octetsFor(number);
            constrained(octets, 1, PerReader.octetsFor(most - least));
            unsigned(number, octets);
        }
    }

    /** X.691 section 11.9.3.5 to 11.9.3.7. */
    void length(final int length) {
        if (length < 0x80) {
            unsigned(length, 1);
        } else if (length <= LIMIT) {
            unsigned(0x8000 | length, 2);
        } else {
            throw new IllegalArgumentException("a length of " + length + " would need PER's fragments");
        }
    }

    /** X.691 section 11.6. */
    void normallySmall(final int value) {
        if (value < 64) {
            bit(false);
            bits(value, 6);
        } else {
            bit(true);
            final int octets = PerReader.octetsFor(value);
            length(octets);
            unsigned(value, octets);
        }
    }

    /** Index of an extensible CHOICE; for an addition (index from {@code roots} on) an open type must follow. */
    void extensibleChoice(final int index, final int roots) {
        bit(index >= roots);
        if (index >= roots) {
            normallySmall(index - roots);
        } else {
            constrained(index, 0, roots - 1);
        }
    }

    /** Extensible CHOICE whose alternative is NULL. */
    void tag(final int index, final int roots) {
        extensibleChoice(index, roots);
        if (index >= roots) {
            // a NULL as open type is one empty octet (X.691 section 11.1.3)
            length(1);
            unsigned(0, 1);
        }
    }

    /** An open type with the contents that are written meanwhile. */
    void openType(final Runnable contents) {
        final int mark = reserve(1);
        contents.run();
        endOpenType(mark);
    }

    /** Fills in the length, moving the contents when it needs a second octet. */
    private void endOpenType(final int mark) {
        align();
        final int first = mark + 1;
        if (bitPosition >> 3 == first) {
            unsigned(0, 1);
        }
        final int length = (bitPosition >> 3) - first;
        if (length < 0x80) {
            buffer[mark] = (byte) length;
            return;
        }
        reserve(1);
        System.arraycopy(buffer, first, buffer, first + 1, length);
        buffer[mark] = (byte) (0x80 | length >> 8);
        buffer[mark + 1] = (byte) length;
    }

    /** An open type whose contents are known octets. */
    void openType(final Octets contents) {
        contents.encode(this);
    }

    /** The bitmap of extension additions: bit 0 of {@code present} is the first of {@code count} up to 64. */
    void extensions(final long present, final int count) {
        bit(false);
        bits(count - 1, 6);
        for (int i = 0; i < count; i++) {
            bit((present >>> i & 1) != 0);
        }
    }

    /** An addition that is a BOOLEAN. */
    void booleanAddition(final boolean value) {
        openType(() -> bit(value));
    }

    void characters(final String text, final int bitsEach, final String alphabet) {
        align();
        for (int i = 0; i < text.length(); i++) {
            if (bitsEach == 16) {
                unsigned(text.charAt(i), 2);
            } else {
                bits(alphabet == null ? text.charAt(i) : alphabet.indexOf(text.charAt(i)), bitsEach);
            }
        }
    }

    /** BMPString (SIZE (1..most)). */
    void bmpString(final String text, final int most) {
        constrained(text.length(), 1, most);
        characters(text, 16, null);
    }
}
