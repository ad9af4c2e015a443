// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/**
 * A construct that is passed through unread: modem, mux, digit map, event buffer, packages, topology, embedded
 * events, signal lists.
 *
 * @param text all of it, from its name to its last bracket, as it came
 */
public record OpaqueDescriptor(String text) implements Descriptor {
    /** The name: what stands before the first bracket, equal sign or space. */
    public String name() {
        int end = 0;
        while (end < text.length() && "{[= \t\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }
}
