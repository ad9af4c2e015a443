// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.IoReason;

/**
 * The directory of a journal: a lock, generations of which one counts, and the name of that one.
 *
 * <pre>
 *  DIR/lock        held while a registrar runs
 *  DIR/current     "generation-7"
 *  DIR/generation-7/  a Chronicle queue
 * </pre>
 */
final class JournalFiles implements AutoCloseable {
    private static final String PREFIX = "generation-";
    private static final String CURRENT = "current";
    private static final String LOCK = "lock";

    private final Path directory;
    private final FileChannel lockFile;
    private long generation;

    private JournalFiles(final Path directory, final FileChannel lockFile, final long generation) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.generation = generation;
    }

    /** @throws ConfigException with a sentence if the directory is somebody else's, or no directory */
    static JournalFiles open(final Path directory) throws ConfigException {
        try {
            Files.createDirectories(directory);
            if (foreign(directory)) {
                throw new ConfigException("--journal: " + directory + " holds something that is no journal of a "
                    + "registrar; name an empty directory or one that does not exist yet");
            }
            final FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
            final FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                throw new ConfigException("--journal: " + directory + " is in use by another registrar");
            }
            final JournalFiles files = new JournalFiles(directory, channel, current(directory));
            files.sweep();
            return files;
        } catch (final IOException e) {
            throw new ConfigException("--journal: " + directory + " cannot be used: " + IoReason.of(e));
        }
    }

    private static FileLock lock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static boolean foreign(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                .anyMatch(name -> !name.startsWith(PREFIX) && !name.equals(CURRENT) && !name.equals(LOCK));
        }
    }

    private static long current(final Path directory) throws IOException, ConfigException {
        final Path file = directory.resolve(CURRENT);
        if (!Files.exists(file)) {
            return 0;
        }
        final String text = Files.readString(file).trim();
        if (!text.matches(PREFIX + "[0-9]{1,18}") || !Files.isDirectory(directory.resolve(text))) {
            throw new ConfigException("--journal: " + file + " names no generation of the journal: '" + text + "'");
        }
        return Long.parseLong(text.substring(PREFIX.length()));
    }

    /** What a crash left half-written, or half-deleted. */
    private void sweep() throws IOException {
        final List<Path> others;
        try (Stream<Path> files = Files.list(directory)) {
            others = files.filter(file -> file.getFileName().toString().startsWith(PREFIX)
                && !file.equals(path())).toList();
        }
        for (final Path other : others) {
            delete(other);
        }
    }

    private static void delete(final Path tree) throws IOException {
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(tree)) {
            files = walk.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (final Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Whether there is a generation that counts. */
    boolean exists() {
        return generation != 0;
    }

    /** The generation that counts. */
    Path path() {
        return directory.resolve(PREFIX + generation);
    }

    /** The one after it. */
    Path nextPath() {
        return directory.resolve(PREFIX + (generation + 1));
    }

    /** From now on the next generation counts; the old one is deleted. */
    void advance() throws IOException {
        final Path old = path();
        final Path temporary = directory.resolve(PREFIX + "name");
        Files.writeString(temporary, PREFIX + (generation + 1) + "\n");
        Files.move(temporary, directory.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        generation++;
        if (generation > 1) {
            delete(old);
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** The lock goes with the process at the latest. */
    void closeQuietly() {
        try {
            close();
        } catch (final IOException e) {
            // nothing was written by it
        }
    }
}
