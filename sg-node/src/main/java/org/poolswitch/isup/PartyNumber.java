// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.isup;

import org.poolswitch.runtime.MalformedException;

/**
 * Called and calling party number (Q.763 sections 3.9 and 3.10): digits in BCD, the first in the low half.
 *
 * <pre>
 *  odd/even (1 bit) | nature of address (7) | INN or NI (1) | plan (3) | presentation, screening (4) | digits
 * </pre>
 *
 * <p>Digit 0xF is ST, the end of a called number; it is left out of {@link #digits}.
 */
public final class PartyNumber {
    /** Optional parameter code of the calling party number. */
    public static final int CALLING = 0x0a;
    private static final String DIGITS = "0123456789ABCDEF";
    private static final int MOST_DIGITS = 32;
    private static final int INTERNATIONAL = 4;
    private static final int E164 = 0x10;

    private PartyNumber() {
    }

    /** The digits of a parameter's value; B and C stand for codes 11 and 12. */
    public static String digits(final byte[] value) throws MalformedException {
        if (value.length < 2 || value.length > 2 + MOST_DIGITS / 2) {
            throw new MalformedException("a party number of " + value.length + " octets");
        }
        final StringBuilder digits = new StringBuilder();
        for (int i = 2; i < value.length; i++) {
            digits.append(DIGITS.charAt(value[i] & 0x0f));
            if (i + 1 < value.length || (value[0] & 0x80) == 0) {
                digits.append(DIGITS.charAt(value[i] >> 4 & 0x0f));
            }
        }
        final int st = digits.indexOf("F");
        return st < 0 ? digits.toString() : digits.substring(0, st);
    }

    /** An international E.164 called number, complete (ST). */
    public static byte[] called(final String digits) {
        return encode(digits + "F", E164);
    }

    /** An international E.164 calling number, network provided, presentation allowed. */
    public static byte[] calling(final String digits) {
        return encode(digits, E164 | 0x03);
    }

    private static byte[] encode(final String digits, final int second) {
        final byte[] value = new byte[2 + (digits.length() + 1) / 2];
        value[0] = (byte) (INTERNATIONAL | (digits.length() % 2 == 0 ? 0 : 0x80));
        value[1] = (byte) second;
        for (int i = 0; i < digits.length(); i++) {
            final int digit = DIGITS.indexOf(digits.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("'" + digits.charAt(i) + "' is not a digit");
            }
            value[2 + i / 2] |= (byte) (digit << (i % 2 == 0 ? 0 : 4));
        }
        return value;
    }
}
