// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/** Writes a name with its values. */
final class ParameterWriter {
    private ParameterWriter() {
    }

    static void write(final TextWriter out, final Parameter parameter) {
        final Token own = own(parameter.name());
        if (own == null) {
            out.text(parameter.name());
        } else {
            out.token(own);
        }
        final boolean tokens = own == Token.SIGNAL_TYPE || own == Token.NOTIFY_COMPLETION;
        final List<String> values = parameter.values();
        switch (parameter.relation()) {
            case EQUAL -> value(out.equal(), values.get(0), tokens);
            case GREATER -> out.text(">").value(values.get(0));
            case LESS -> out.text("<").value(values.get(0));
            case UNEQUAL -> out.text("#").value(values.get(0));
            case RANGE -> out.equal().text("[").value(values.get(0)).text(":").value(values.get(1)).text("]");
            case ALL_OF -> list(out, "[", values, "]", tokens);
            case ONE_OF -> list(out, "{", values, "}", tokens);
            default -> {
                return;
            }
        }
    }

    private static void list(final TextWriter out, final String open, final List<String> values, final String close,
        final boolean tokens) {
        out.equal().text(open);
        for (int i = 0; i < values.size(); i++) {
            out.text(i == 0 ? "" : ",");
            value(out, values.get(i), tokens);
        }
        out.text(close);
    }

    private static void value(final TextWriter out, final String value, final boolean tokens) {
        final Token token = tokens ? Token.of(value) : null;
        if (token == null) {
            out.value(value);
        } else {
            out.token(token);
        }
    }

    /** The protocol's own parameter of this long name, or null. */
    private static Token own(final String name) {
        return switch (name) {
            case "Stream" -> Token.STREAM;
            case "KeepActive" -> Token.KEEP_ACTIVE;
            case "Duration" -> Token.DURATION;
            case "SignalType" -> Token.SIGNAL_TYPE;
            case "NotifyCompletion" -> Token.NOTIFY_COMPLETION;
            default -> null;
        };
    }
}
