// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * A name or number of a party.
 *
 * <pre>
 * AliasAddress ::= CHOICE {
 *     dialledDigits  IA5String (SIZE (1..128)) (FROM ("0123456789#*,")),
 *     h323-ID        BMPString (SIZE (1..256)), ...,
 *     url-ID, transportID, email-ID, partyNumber, mobileUIM, isupNumber }
 * </pre>
 */
public sealed interface AliasAddress permits AliasAddress.DialledDigits, AliasAddress.H323Id, AliasAddress.Other {
    /** Root alternatives. */
    int ROOTS = 2;
    /** In canonical order (X.691 section 30.5.4): what a character's four bits mean. */
    String DIALLED = "#*,0123456789";

    /** A number as dialled. */
    record DialledDigits(String digits) implements AliasAddress {
        public DialledDigits {
            if (!isDialled(digits)) {
                throw new IllegalArgumentException("dialled digits are 1 to 128 of 0123456789#*, : " + digits);
            }
        }
    }

    /** A name in Unicode. */
    record H323Id(String name) implements AliasAddress {
        public H323Id {
            if (name.isEmpty() || name.length() > 256) {
                throw new IllegalArgumentException("an H.323 ID has 1 to 256 characters");
            }
        }
    }

    /** One of the later alternatives, kept as it came; {@code index} counts from url-ID = 0. */
    record Other(int index, Octets contents) implements AliasAddress {
    }

    /** True if the text can be dialled digits. */
    static boolean isDialled(final String text) {
        if (text.isEmpty() || text.length() > 128) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (DIALLED.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The first number in a list, or null. */
    static String firstDigits(final List<AliasAddress> aliases) {
        for (final AliasAddress alias : aliases) {
            if (alias instanceof DialledDigits number) {
                return number.digits();
            }
        }
        return null;
    }

    static AliasAddress decode(final PerReader in) throws MalformedException {
        final int index = in.extensibleChoice(ROOTS);
        return switch (index) {
            case 0 -> new DialledDigits(in.characters(in.constrainedInt(1, 128), 4, DIALLED));
            case 1 -> new H323Id(in.bmpString(256));
            default -> new Other(index - ROOTS, in.openType());
        };
    }

    /** Encodes this alternative. */
    private static void encode(final AliasAddress alias, final PerWriter out) {
        if (alias instanceof DialledDigits number) {
            out.extensibleChoice(0, ROOTS);
            out.constrained(number.digits.length(), 1, 128);
            out.characters(number.digits, 4, DIALLED);
        } else if (alias instanceof H323Id id) {
            out.extensibleChoice(1, ROOTS);
            out.bmpString(id.name, 256);
        } else if (alias instanceof Other other) {
            out.extensibleChoice(ROOTS + other.index, ROOTS);
            out.openType(other.contents);
        }
    }

    static List<AliasAddress> decodeList(final PerReader in) throws MalformedException {
        final int count = in.count();
        final List<AliasAddress> list = new ArrayList<>(Math.min(count, 8));
        for (int i = 0; i < count; i++) {
            list.add(decode(in));
        }
        return list;
    }

    static void encodeList(final List<AliasAddress> list, final PerWriter out) {
        out.length(list.size());
        for (final AliasAddress alias : list) {
            encode(alias, out);
        }
    }
}
