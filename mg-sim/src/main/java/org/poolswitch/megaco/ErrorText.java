// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** Texts of error descriptors that carry a fact, so that both ends agree on how it is written. */
public final class ErrorText {
    private static final String IN_CONTEXT = "in context ";

    private ErrorText() {
    }

    /** The text of error 433. */
    public static String alreadyIn(final TerminationId termination, final ContextId context) {
        return termination + " is " + IN_CONTEXT + context;
    }

    /** The context that an error 433 names, or null if its text says none. */
    public static ContextId contextOf(final ErrorDescriptor error) {
        final int at = error.text().lastIndexOf(IN_CONTEXT);
        if (error.code() != ErrorCode.ALREADY_IN_CONTEXT || at < 0) {
            return null;
        }
        long value = 0;
        for (int i = at + IN_CONTEXT.length(); i < error.text().length(); i++) {
            final int digit = error.text().charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
            if (value > 0xffffffffL) {
                return null;
            }
        }
        final ContextId context = new ContextId(value);
        return context.isReal() ? context : null;
    }
}
