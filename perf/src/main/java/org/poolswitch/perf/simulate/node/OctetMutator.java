// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Changes octets, whatever they mean. */
final class OctetMutator {
    private static final int[] BORDERS = {0, 1, 2, 3, 4, 5, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xfffc,
        0xffff, 0x10000, 0x7fffffff, 0x80000000, -2, -1};
    private final RandomGenerator dice;

    OctetMutator(final RandomGenerator dice) {
        this.dice = dice;
    }

    /** A number at the end of what a field holds, or near one. */
    int border() {
        return BORDERS[dice.nextInt(BORDERS.length)];
    }

    /** A few changes; the result has at least one octet and at most {@code most}. */
    byte[] mutate(final byte[] original, final int most) {
        byte[] b = original.length == 0 ? new byte[1] : original.clone();
        for (int n = 1 + dice.nextInt(3); n > 0; n--) {
            b = once(b, most);
        }
        return b;
    }

    private byte[] once(final byte[] b, final int most) {
        final int at = dice.nextInt(b.length);
        switch (dice.nextInt(7)) {
            case 0:
                return Arrays.copyOf(b, 1 + dice.nextInt(b.length));
            case 1:
                b[at] = (byte) dice.nextInt(256);
                return b;
            case 2:
                b[at] ^= (byte) (1 << dice.nextInt(8));
                return b;
            case 3:
                return number(b, at, border());
            case 4:
                return repeated(b, at, Math.min(b.length - at, 1 + dice.nextInt(64)), most);
            case 5:
                final int from = dice.nextInt(b.length);
                System.arraycopy(b.clone(), from, b, at, Math.min(b.length - at, b.length - from));
                return b;
            default:
                return Arrays.copyOf(b, Math.min(most, b.length + 1 + dice.nextInt(9)));
        }
    }

    private byte[] number(final byte[] b, final int at, final int value) {
        final int octets = Math.min(b.length - at, 1 << dice.nextInt(3));
        for (int i = 0; i < octets; i++) {
            b[at + i] = (byte) (value >>> 8 * (octets - 1 - i));
        }
        return b;
    }

    /** Some octets many times, up to any length. */
    private byte[] repeated(final byte[] b, final int at, final int length, final int most) {
        final int room = Math.max(0, most - b.length);
        final int more = room == 0 ? 0 : dice.nextInt(dice.nextInt(4) == 0 ? room + 1 : Math.min(room, 600) + 1);
        final byte[] longer = Arrays.copyOf(b, b.length + more);
        for (int i = at; i < longer.length; i++) {
            longer[i] = i < at + more ? b[at + (i - at) % length] : b[i - more];
        }
        return longer;
    }
}
