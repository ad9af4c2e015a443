// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/**
 * Size of an {@link Inbox}.
 *
 * @param slots      inputs that may wait, a power of two. 4096: at 10,000 calls a second 0.4 s of backlog, after which
 *                   "busy" is the honest answer
 * @param slotOctets octets per input. 512: an ISUP message has at most 272 (ITU-T Q.763 section 1 with Q.704), so an
 *                   IAM with everything in it fits
 */
public record InboxConfig(int slots, int slotOctets) {
    public InboxConfig {
        if (slots < 2 || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("an inbox needs a power of two of slots, not " + slots);
        }
        if (slotOctets < 0) {
            throw new IllegalArgumentException("a slot cannot have " + slotOctets + " octets");
        }
    }

    /** The defaults. */
    public static InboxConfig defaults() {
        return new InboxConfig(4096, 512);
    }
}
