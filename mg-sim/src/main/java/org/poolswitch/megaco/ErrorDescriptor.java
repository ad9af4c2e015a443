// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/**
 * {@code Error = code {"text"}} (RFC 3525 section 7.3). {@link ErrorCode} names the codes.
 *
 * @param code 1 to 4 digits
 * @param text for people, and for what the code's definition puts there; may be empty
 */
public record ErrorDescriptor(int code, String text) implements Descriptor {
    public ErrorDescriptor {
        if (code < 0 || code > 9999) {
            throw new IllegalArgumentException("an error code has up to 4 digits: " + code);
        }
        text = text.replace('"', '\'');
    }
}
