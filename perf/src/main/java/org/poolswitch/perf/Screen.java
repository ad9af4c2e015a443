// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

/** Whether standard output is a screen, on which lines can be written anew. */
public final class Screen {
    private Screen() {
    }

    /** False for files and pipes, and for terminals that do not know the sequences of ECMA-48. */
    public static boolean canRedraw() {
        final String terminal = System.getenv("TERM");
        return System.console() != null && terminal != null && !terminal.equals("dumb");
    }
}
