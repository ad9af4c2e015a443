// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lexical rules of RFC 3525 Annex B.2: white space and comments, words of SafeChar, strings, raw passages. */
final class TextScanner {
    private static final boolean[] SAFE = new boolean[256];

    static {
        for (int c = '!'; c <= '~'; c++) {
            // SafeChar: everything visible but the RestChars and the double quote
            SAFE[c] = ";[]{}:,#<>=\"".indexOf(c) < 0;
        }
    }

    private final byte[] buffer;
    private final int start;
    private final int end;
    private final MegacoLimits limits;
    private int pos;
    private int items;
    private long transactionId = MegacoSyntaxException.NO_TRANSACTION;

    TextScanner(final MegacoLimits limits, final byte[] buffer, final int offset, final int length) {
        this.limits = limits;
        this.buffer = buffer;
        this.start = offset;
        this.end = offset + length;
        this.pos = offset;
    }

    static boolean isSafe(final char c) {
        return c < SAFE.length && SAFE[c];
    }

    MegacoSyntaxException error(final String reason) {
        return new MegacoSyntaxException(reason, pos - start, transactionId);
    }

    /** From now on, trouble is trouble of this request. */
    void inTransaction(final long id) {
        transactionId = id;
    }

    /** Counts a piece of the model against the limit. */
    void item() throws MegacoSyntaxException {
        if (++items > limits.maxItems()) {
            throw error("more than " + limits.maxItems() + " items");
        }
    }

    /** LWSP: white space, line ends and comments. */
    void skip() {
        while (pos < end) {
            final byte c = buffer[pos];
            if (c == ';') {
                while (pos < end && buffer[pos] != '\n' && buffer[pos] != '\r') {
                    pos++;
                }
            } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return;
            } else {
                pos++;
            }
        }
    }

    /** The next character that is no white space, or -1; it is not consumed. */
    int peek() {
        skip();
        return pos < end ? buffer[pos] & 0xff : -1;
    }

    boolean accept(final char wanted) {
        if (peek() != wanted) {
            return false;
        }
        pos++;
        return true;
    }

    void expect(final char wanted) throws MegacoSyntaxException {
        if (!accept(wanted)) {
            throw error("'" + wanted + "' is missing");
        }
    }

    /** 1*SafeChar. */
    String word() throws MegacoSyntaxException {
        skip();
        final int from = pos;
        while (pos < end && SAFE[buffer[pos] & 0xff]) {
            pos++;
        }
        if (pos == from) {
            throw error("a word is missing");
        }
        return text(from, pos);
    }

    /** The next word, which is not consumed, or the empty string. */
    String peekWord() {
        skip();
        int to = pos;
        while (to < end && SAFE[buffer[to] & 0xff]) {
            to++;
        }
        return text(pos, to);
    }

    /** VALUE: a quoted string without its quotes, or a word. */
    String value() throws MegacoSyntaxException {
        item();
        return peek() == '"' ? quoted() : word();
    }

    String quoted() throws MegacoSyntaxException {
        expect('"');
        final int from = pos;
        while (pos < end && buffer[pos] != '"') {
            if (buffer[pos] >= 0 && buffer[pos] < ' ' && buffer[pos] != '\t') {
                throw error("a control character in a quoted string");
            }
            pos++;
        }
        if (pos == end) {
            throw error("a quoted string has no end");
        }
        return text(from, pos++);
    }

    /** A decimal number up to {@code max}. */
    long number(final long max) throws MegacoSyntaxException {
        return number(word(), max);
    }

    long number(final String digits, final long max) throws MegacoSyntaxException {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            final int digit = digits.charAt(i) - '0';
            value = value * 10 + digit;
            if (digit < 0 || digit > 9 || value > max) {
                throw error("a number up to " + max + " is needed");
            }
        }
        return value;
    }

    /** Characters up to {@code close}, which is consumed; at most {@code max} of them, none below a space. */
    String upTo(final char close, final int max) throws MegacoSyntaxException {
        final int from = pos;
        while (pos < end && buffer[pos] != close) {
            if (pos - from >= max || buffer[pos] <= ' ') {
                throw error("'" + close + "' is missing");
            }
            pos++;
        }
        if (pos == end || pos == from) {
            throw error("something is missing before '" + close + "'");
        }
        return text(from, pos++);
    }

    /** octetString in braces: leading and trailing white space belongs to the braces, {@code \}} is a brace. */
    Octets octets() throws MegacoSyntaxException {
        expect('{');
        while (pos < end && isBlank(buffer[pos])) {
            pos++;
        }
        final byte[] octets = new byte[octetsEnd() - pos];
        int length = 0;
        while (buffer[pos] != '}') {
            if (buffer[pos] == '\\' && buffer[pos + 1] == '}') {
                pos++;
            }
            octets[length++] = buffer[pos++];
        }
        expect('}');
        while (length > 0 && isBlank(octets[length - 1])) {
            length--;
        }
        return Octets.of(Arrays.copyOf(octets, length));
    }

    private int octetsEnd() throws MegacoSyntaxException {
        int to = pos;
        while (to < end && buffer[to] != '}') {
            if (buffer[to] == 0) {
                throw error("an octet 0 in a session description");
            }
            to += buffer[to] == '\\' && to + 1 < end && buffer[to + 1] == '}' ? 2 : 1;
        }
        if (to >= end) {
            throw error("a session description has no end");
        }
        return to;
    }

    /** A construct kept unread: from here to the comma or bracket that ends it. */
    OpaqueDescriptor opaque() throws MegacoSyntaxException {
        item();
        skip();
        final int from = pos;
        final char[] closers = new char[limits.maxDepth()];
        int depth = 0;
        int last = pos;
        while (peek() >= 0) {
            final char c = (char) peek();
            if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
                break;
            }
            if (c == '"') {
                quoted();
                last = pos;
                continue;
            }
            if (c == '{' || c == '[') {
                if (depth == closers.length) {
                    throw error("brackets nest deeper than " + closers.length);
                }
                closers[depth++] = c == '{' ? '}' : ']';
            } else if (c == '}' || c == ']') {
                if (closers[--depth] != c) {
                    throw error("brackets do not match");
                }
            } else if (c < ' ' || c > '~') {
                throw error("a character that is not text");
            }
            last = ++pos;
        }
        if (depth > 0 || last == from) {
            throw error("a construct is empty or has no end");
        }
        return new OpaqueDescriptor(text(from, last));
    }

    private static boolean isBlank(final byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private String text(final int from, final int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
