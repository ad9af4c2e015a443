// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** The tests' class path as jars, as an installation has it: before {@code package} there are none of our own. */
public final class ClassPathJars {
    private ClassPathJars() {
    }

    /**
     * All jars; tests' own classes are not needed.
     *
     * @param lib where jars of our modules' classes are made
     */
    public static List<Path> make(final Path lib) throws IOException {
        final String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        final List<Path> jars = new ArrayList<>();
        for (final String entry : classPath.split(":")) {
            // an empty entry would be the current folder
            if (!entry.isEmpty() && !Files.isDirectory(Path.of(entry))) {
                jars.add(Path.of(entry));
            } else if (!entry.isEmpty() && !entry.endsWith("test-classes")) {
                jars.add(jar(Path.of(entry), lib.resolve("classes" + jars.size() + ".jar")));
            }
        }
        return jars;
    }

    /** Makes a jar of a folder. */
    public static Path jar(final Path folder, final Path jar) throws IOException {
        final int status = ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "cf",
            jar.toString(), "-C", folder.toString(), ".");
        if (status != 0) {
            throw new IOException("jar of " + folder + " came to " + status);
        }
        return jar;
    }
}
