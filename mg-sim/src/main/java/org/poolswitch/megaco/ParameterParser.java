// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.ArrayList;
import java.util.List;

/** Reads names with values ({@code parmValue} of RFC 3525 Annex B.2). */
final class ParameterParser {
    private ParameterParser() {
    }

    /** {@code [{1*parameter}]}. */
    static List<Parameter> bracedList(final TextScanner in) throws MegacoSyntaxException {
        if (!in.accept('{')) {
            return List.of();
        }
        final List<Parameter> parameters = new ArrayList<>(1);
        do {
            parameters.add(parameter(in));
        } while (in.accept(','));
        in.expect('}');
        return parameters;
    }

    static Parameter parameter(final TextScanner in) throws MegacoSyntaxException {
        in.item();
        return parameter(in, in.word());
    }

    /** What follows the name. */
    static Parameter parameter(final TextScanner in, final String name) throws MegacoSyntaxException {
        if (in.accept('=')) {
            return equal(in, name);
        }
        final Parameter.Relation relation = in.accept('>') ? Parameter.Relation.GREATER
            : in.accept('<') ? Parameter.Relation.LESS : in.accept('#') ? Parameter.Relation.UNEQUAL : null;
        return relation == null ? Parameter.flag(name) : new Parameter(name, relation, List.of(in.value()));
    }

    private static Parameter equal(final TextScanner in, final String name) throws MegacoSyntaxException {
        if (in.accept('{')) {
            return new Parameter(name, Parameter.Relation.ONE_OF, list(in, in.value(), '}'));
        }
        if (!in.accept('[')) {
            return Parameter.of(name, in.value());
        }
        final String first = in.value();
        if (in.accept(':')) {
            final String last = in.value();
            in.expect(']');
            return new Parameter(name, Parameter.Relation.RANGE, List.of(first, last));
        }
        return new Parameter(name, Parameter.Relation.ALL_OF, list(in, first, ']'));
    }

    private static List<String> list(final TextScanner in, final String first, final char close)
        throws MegacoSyntaxException {
        final List<String> values = new ArrayList<>(2);
        values.add(first);
        while (in.accept(',')) {
            values.add(in.value());
        }
        in.expect(close);
        return values;
    }
}
