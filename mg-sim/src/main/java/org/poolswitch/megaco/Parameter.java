// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * A name with or without values: properties, parameters of events and signals, statistics, ServiceChange extensions
 * ({@code parmValue} of RFC 3525 Annex B.2).
 *
 * @param name     {@code package/item} or a plain name
 * @param relation how name and values belong together
 * @param values   none, one or more, without the quotes of quoted strings
 */
public record Parameter(String name, Relation relation, List<String> values) {
    /** How name and values belong together. */
    public enum Relation {
        /** The name alone. */
        FLAG,
        /** {@code name = value}. */
        EQUAL,
        /** {@code name > value}. */
        GREATER,
        /** {@code name < value}. */
        LESS,
        /** {@code name # value}. */
        UNEQUAL,
        /** {@code name = [a, b]}: all of them. */
        ALL_OF,
        /** {@code name = {a, b}}: one of them. */
        ONE_OF,
        /** {@code name = [a : b]}. */
        RANGE
    }

    public Parameter {
        values = List.copyOf(values);
        final boolean fits = switch (relation) {
            case FLAG -> values.isEmpty();
            case EQUAL, GREATER, LESS, UNEQUAL -> values.size() == 1;
            case ALL_OF, ONE_OF -> !values.isEmpty();
            case RANGE -> values.size() == 2;
        };
        if (!fits) {
            throw new IllegalArgumentException(relation + " does not go with " + values.size() + " values: " + name);
        }
    }

    /** {@code name = value}. */
    public static Parameter of(final String name, final String value) {
        return new Parameter(name, Relation.EQUAL, List.of(value));
    }

    /** The name alone. */
    public static Parameter flag(final String name) {
        return new Parameter(name, Relation.FLAG, List.of());
    }

    /** The first value, or null. */
    public String value() {
        return values.isEmpty() ? null : values.get(0);
    }
}
