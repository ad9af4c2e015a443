// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.util.Arrays;

/**
 * Where a fuzzer that sees which code its bytes reach comes in (Jazzer: {@code mvn -pl sctp-rt -Pjazzer verify}). The
 * first byte chooses what happens, the others are its dice.
 */
public final class FuzzTarget {
    private static final int MOST_STEPS = 400;

    private FuzzTarget() {
    }

    /** One input; throws what it breaks. */
    public static void fuzzerTestOneInput(final byte[] input) {
        if (input.length < 2) {
            return;
        }
        final ByteDice dice = new ByteDice(Arrays.copyOfRange(input, 1, input.length));
        final int steps = Math.min(MOST_STEPS, input.length / 4);
        final LiveFuzz.State[] states = LiveFuzz.State.values();
        final int choice = (input[0] & 0xff) % (states.length + 2);
        if (choice < states.length) {
            new LiveFuzz(dice).run(states[choice], steps);
        } else {
            new CommandFuzz(dice).run(2 * steps);
        }
    }
}
