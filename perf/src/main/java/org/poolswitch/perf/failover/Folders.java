// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.poolswitch.launch.ConfigException;

/** Output folders: of a run's own, for what an earlier run left in one is removed. */
final class Folders {
    /** Says that a folder was made by us; without it the files in one are somebody's. */
    private static final String OURS = ".poolswitch";

    private Folders() {
    }

    /**
     * Makes the folder, or removes the files (not folders) that an earlier run left in it.
     *
     * @param option the option that names it, for the complaint
     * @throws ConfigException with a sentence if there is something in it, and we did not make it
     */
    static void empty(final String option, final Path folder) throws IOException, ConfigException {
        Files.createDirectories(folder);
        final List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.toList();
        }
        final Path ours = folder.resolve(OURS);
        if (!old.isEmpty() && !old.contains(ours) && !isBuildOutput(folder)) {
            throw new ConfigException(option + ": " + folder + " has files that are not of an earlier run, such as "
                + old.get(0).getFileName() + "; name a folder of its own, or remove them");
        }
        if (!old.contains(ours)) {
            Files.createFile(ours);
        }
        for (final Path file : old) {
            if (Files.isRegularFile(file) && !file.equals(ours)) {
                Files.delete(file);
            }
        }
    }

    /** What lies in a build's folder is made by programs; runs of earlier versions left no mark in theirs. */
    private static boolean isBuildOutput(final Path folder) {
        for (final Path part : folder.toAbsolutePath()) {
            if (part.toString().equals("target")) {
                return true;
            }
        }
        return false;
    }
}
