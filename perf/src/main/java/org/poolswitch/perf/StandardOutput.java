// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a command prints is its result: one that could not be written, on a full disk for example, is no success. */
final class StandardOutput {
    /** EX_IOERR of sysexits.h, as 70 is its EX_SOFTWARE. */
    static final int LOST = 74;

    private StandardOutput() {
    }

    /** The exit status of a command that has ended with this one. */
    static int check(final int status) {
        if (status != 0 || !System.out.checkError() || isPipe()) {
            return status;
        }
        System.err.println("poolswitch: standard output could not be written");
        return LOST;
    }

    /** Its reader has seen enough: that is no fault. Where there is no /proc it counts as one. */
    private static boolean isPipe() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
