// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.HeldInputs;
import org.poolswitch.asap.PoolElement;

/**
 * What controllers said while it is not clear whether they still mean it: the process was stopped, and an Add that
 * waited in its socket may be for a call that is at another gateway now. It is done if its controller proves that it is
 * still there ({@link PoolElement#isFenced}), else forgotten: whoever gave this gateway up has asked another one.
 */
final class Fence {
    /** One message as it came. */
    record Held(int stream, int ppid, byte[] octets) {
    }

    private final PoolElement element;
    private final HeldInputs<Held> held;

    /** @param limit how many messages may wait */
    Fence(final PoolElement element, final int limit) {
        this.element = element;
        this.held = new HeldInputs<>(limit);
    }

    boolean holdsBack(final int association) {
        return element.isFenced(association);
    }

    /** @return false if too many wait */
    boolean hold(final int association, final int stream, final int ppid, final byte[] buffer, final int offset,
        final int length) {
        return held.add(association,
            new Held(stream, ppid, Arrays.copyOfRange(buffer, offset, offset + length)));
    }

    /** Hands out what waits of one controller, in its order, and keeps it no longer. */
    List<Held> take(final int association) {
        return held.take(association);
    }
}
