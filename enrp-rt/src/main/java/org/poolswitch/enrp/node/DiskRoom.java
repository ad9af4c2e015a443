// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether there is room on the disk for a journal that is mapped memory. There a full disk is no error of a write: the
 * kernel sends SIGBUS, which the JVM throws as an InternalError some time later, wherever the thread is by then. So the
 * journal stops while there is room left, and looks often enough that nobody fills that in between.
 */
final class DiskRoom {
    /** A disk that others fill with 10 GB/s has lost 10 MB by then. */
    private static final long LOOK_AFTER_NS = 1_000_000L;
    private static final long LOOK_AFTER_OCTETS = 64 * 1024L;

    private final FileStore store;
    private final long least;
    private long lookedNs;
    private long octets = LOOK_AFTER_OCTETS;

    /**
     * @param directory one that is there
     * @param least     octets that must be free
     */
    DiskRoom(final Path directory, final long least) throws IOException {
        this.store = Files.getFileStore(directory);
        this.least = least;
    }

    /**
     * To be asked before each write.
     *
     * @param length octets that are to be written
     * @throws IOException if there is less room than there must be
     */
    void claim(final int length, final long nowNs) throws IOException {
        octets += length;
        if (octets < LOOK_AFTER_OCTETS && nowNs - lookedNs < LOOK_AFTER_NS) {
            return;
        }
        octets = length;
        lookedNs = nowNs;
        final long free = store.getUsableSpace();
        if (free < least) {
            throw new IOException("the disk has " + free / 1024 + " kB left, and " + least / 1024
                + " kB are to stay free (--journal-min-free)");
        }
    }
}
