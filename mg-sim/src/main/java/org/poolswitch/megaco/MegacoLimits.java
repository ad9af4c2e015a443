// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/**
 * Bounds of the decoder.
 *
 * @param maxOctets  longest message; the default is the largest that the text encoding's transports carry in one piece
 * @param maxDepth   deepest nesting of brackets in passages that are kept unread; real ones nest fewer than 8
 * @param maxItems   most actions, commands, descriptors, parameters and values in one message together; a call uses
 *                   about 20, an audit of a whole gateway some thousands
 */
public record MegacoLimits(int maxOctets, int maxDepth, int maxItems) {
    public MegacoLimits {
        if (maxOctets < 32 || maxDepth < 4 || maxItems < 16) {
            throw new IllegalArgumentException(
                "a message needs room: at least 32 octets, brackets 4 deep and 16 items");
        }
    }

    /** The default. */
    public static MegacoLimits standard() {
        return new MegacoLimits(65_535, 16, 20_000);
    }
}
