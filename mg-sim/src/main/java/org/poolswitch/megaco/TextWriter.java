// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Octets of a message under construction: names in one of two lengths, brackets with or without white space. */
final class TextWriter {
    private static final byte[] LINE_END = {'\r', '\n'};
    private final TextStyle style;
    private byte[] buffer = new byte[512];
    private int length;
    private int depth;

    TextWriter(final TextStyle style) {
        this.style = style;
    }

    void clear() {
        length = 0;
        depth = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    TextStyle style() {
        return style;
    }

    TextWriter token(final Token token) {
        return text(token.text(style));
    }

    TextWriter text(final String text) {
        final int more = text.length();
        reserve(more);
        for (int i = 0; i < more; i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    TextWriter number(final long value) {
        return text(Long.toString(value));
    }

    TextWriter equal() {
        return text(style == TextStyle.COMPACT ? "=" : " = ");
    }

    TextWriter open() {
        text(style == TextStyle.COMPACT ? "{" : " {");
        depth++;
        return newLine();
    }

    TextWriter close() {
        depth--;
        return newLine().text("}");
    }

    /** Both brackets with nothing in between. */
    TextWriter empty() {
        return text("{}");
    }

    TextWriter comma() {
        return text(",").newLine();
    }

    /** A comma before every item but the first. */
    TextWriter next(final boolean first) {
        return first ? this : comma();
    }

    /** VALUE: as it is if all of it is SafeChar, else in quotes, with what no string may hold replaced. */
    TextWriter value(final String value) {
        boolean safe = !value.isEmpty();
        for (int i = 0; safe && i < value.length(); i++) {
            safe = TextScanner.isSafe(value.charAt(i));
        }
        return safe ? text(value) : quoted(value);
    }

    TextWriter quoted(final String value) {
        text("\"");
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            final char legal = c == '"' ? '\'' : c < ' ' && c != '\t' || c > 0xff ? ' ' : c;
            reserve(1);
            buffer[length++] = (byte) legal;
        }
        return text("\"");
    }

    /** octetString in braces: session descriptions need the end of their last line. */
    TextWriter octets(final Octets octets) {
        text(style == TextStyle.COMPACT ? "{" : " {");
        reserve(2 * octets.length() + 4);
        append(LINE_END);
        for (int i = 0; i < octets.length(); i++) {
            if (octets.at(i) == '}') {
                buffer[length++] = '\\';
            }
            buffer[length++] = octets.at(i);
        }
        append(LINE_END);
        return text("}");
    }

    /** EOL where the message's head ends, in both styles. */
    TextWriter lineEnd() {
        return text("\n");
    }

    private TextWriter newLine() {
        if (style == TextStyle.PRETTY) {
            reserve(1 + depth);
            buffer[length++] = '\n';
            for (int i = 0; i < depth; i++) {
                buffer[length++] = '\t';
            }
        }
        return this;
    }

    private void append(final byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void reserve(final int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
        }
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }
}
