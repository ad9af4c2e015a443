// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * A vendor's own data, kept as it came.
 *
 * <pre>
 * NonStandardParameter ::= SEQUENCE { nonStandardIdentifier NonStandardIdentifier, data OCTET STRING }
 * NonStandardIdentifier ::= CHOICE { object OBJECT IDENTIFIER, h221NonStandard H221NonStandard, ... }
 * </pre>
 *
 * @param identifier whose data it is
 * @param data       what only the vendor understands
 */
public record NonStandardParameter(Identifier identifier, Octets data) {
    private static final int ROOTS = 2;

    /** Names the vendor. */
    public sealed interface Identifier permits ByObject, ByVendor, ByOther {
    }

    /** By object identifier. */
    public record ByObject(ObjectIdentifier object) implements Identifier {
    }

    /** H221NonStandard: country, its extension, manufacturer. */
    public record ByVendor(int t35CountryCode, int t35Extension, int manufacturerCode) implements Identifier {
    }

    /** An alternative of a later edition. */
    public record ByOther(int index, Octets contents) implements Identifier {
    }

    /** An OPTIONAL one. @return null if it is not there */
    static NonStandardParameter decode(final boolean isThere, final PerReader in) throws MalformedException {
        return isThere ? decode(in) : null;
    }

    /** An OPTIONAL one, nothing if it is null. */
    static void encode(final NonStandardParameter value, final PerWriter out) {
        if (value != null) {
            value.encode(out);
        }
    }

    static NonStandardParameter decode(final PerReader in) throws MalformedException {
        final int index = in.extensibleChoice(ROOTS);
        final Identifier identifier = switch (index) {
            case 0 -> new ByObject(ObjectIdentifier.decode(in));
            case 1 -> decodeVendor(in);
            default -> new ByOther(index, in.openType());
        };
        return new NonStandardParameter(identifier, Octets.decode(in));
    }

    private static ByVendor decodeVendor(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final ByVendor vendor = new ByVendor(in.constrainedInt(0, 255), in.constrainedInt(0, 255),
            in.constrainedInt(0, 65535));
        in.skipExtensions(extended);
        return vendor;
    }

    void encode(final PerWriter out) {
        if (identifier instanceof ByObject named) {
            out.extensibleChoice(0, ROOTS);
            named.object.encode(out);
        } else if (identifier instanceof ByVendor vendor) {
            out.extensibleChoice(1, ROOTS);
            out.bit(false);
            out.constrained(vendor.t35CountryCode, 0, 255);
            out.constrained(vendor.t35Extension, 0, 255);
            out.constrained(vendor.manufacturerCode, 0, 65535);
        } else if (identifier instanceof ByOther other) {
            out.extensibleChoice(other.index, ROOTS);
            out.openType(other.contents);
        }
        data.encode(out);
    }
}
