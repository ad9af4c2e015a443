// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Output folders. */
final class Folders {
    private Folders() {
    }

    /** Makes the folder, and removes the files (not folders) that an earlier run left in it. */
    static void empty(final Path folder) throws IOException {
        Files.createDirectories(folder);
        final List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(Files::isRegularFile).toList();
        }
        for (final Path file : old) {
            Files.delete(file);
        }
    }
}
