// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.io.File;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs of others that judge our octets. */
final class Peers {
    private Peers() {
    }

    /** Goes on if the program is on the path; else skips the test, or fails it where CI promises that all are there. */
    static void require(final String program) {
        for (final String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (new File(folder, program).canExecute()) {
                return;
            }
        }
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(program + " is not installed");
        }
        Assumptions.abort(program + " is not installed: our octets were not judged by it");
    }
}
