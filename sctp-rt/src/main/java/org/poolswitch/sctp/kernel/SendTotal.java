// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.poolswitch.sctp.SendBuffers;

/** What waits for the kernel in all associations of an endpoint together, and who waits for room in that. */
final class SendTotal {
    private final long limit;
    private final Set<KernelOutput> refused = new LinkedHashSet<>();
    private long octets;
    private int messages;
    /** A message was refused that needs more than half of the limit, while others held no more than the other half. */
    private boolean longRefused;

    /** @param limit octets at most */
    SendTotal(final long limit) {
        this.limit = limit;
    }

    boolean hasRoomFor(final int length) {
        return octets + length <= limit && messages < SendBuffers.mostMessages(limit);
    }

    /** More than half is used: whoever waits for room waits on. */
    boolean isCrowded() {
        return octets > limit / 2 || messages > SendBuffers.mostMessages(limit) / 2;
    }

    /** So much more or less waits in one of the associations; whoever waited for that is told. */
    void add(final long moreOctets, final int moreMessages) {
        final boolean wasCrowded = isCrowded();
        octets += moreOctets;
        messages += moreMessages;
        if ((wasCrowded || longRefused && moreOctets < 0) && !isCrowded()) {
            longRefused = false;
            List.copyOf(refused).forEach(KernelOutput::announceRoom);
        }
    }

    /** Its user, who has a message of so many octets, is to hear of room. */
    void refuse(final KernelOutput output, final int length) {
        refused.add(output);
        longRefused |= !isCrowded() && octets + length > limit;
    }

    /** He has heard of it, or it is over. */
    void forget(final KernelOutput output) {
        refused.remove(output);
    }

    long octets() {
        return octets;
    }
}
