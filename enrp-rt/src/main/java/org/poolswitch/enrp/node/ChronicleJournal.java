// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.poolswitch.enrp.core.RegistrarJournal;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.HandlespaceCursor;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.MalformedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registrar's journal as a Chronicle queue: a write is a copy into mapped memory, so it outlives the process at once
 * and the machine once the kernel has written it. When it has grown to several times what is worth keeping it is
 * written anew beside the old one, a few elements with each write, so that nobody waits for it.
 */
final class ChronicleJournal implements RegistrarJournal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChronicleJournal.class);
    private static final int LONGEST = 70_000;
    /** Octets of a file's first block; files are sparse beyond what is written. */
    private static final long BLOCK_OCTETS = 1 << 20;
    /** Written anew when there are so many records for each element, and some more. */
    private static final int RECORDS_PER_ELEMENT = 4;
    private static final int MORE_RECORDS = 100_000;
    private static final int COPIED_WITH_EACH_WRITE = 16;
    /** Octets that stay free on the disk unless told otherwise. */
    static final long LEAST_FREE = 16L << 20;

    static {
        // it would otherwise tell its makers that it was started
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
    }

    private record Key(PoolHandle handle, int element) {
    }

    private final JournalFiles files;
    private final DiskRoom room;
    private final ParameterWriter out = new ParameterWriter(LONGEST);
    private final CRC32C crc = new CRC32C();
    private final int moreRecords;
    private final Map<Key, PoolElementParameter> remembered = new LinkedHashMap<>();
    private int serverId;
    private ChronicleQueue queue;
    private ExcerptAppender appender;
    private long records;
    private Handlespace space;
    /** While the next generation is written: its queue, and how far the walk over all elements is. */
    private ChronicleQueue nextQueue;
    private ExcerptAppender nextAppender;
    private HandlespaceCursor walk;
    private long nextRecords;
    private boolean broken;
    private Runnable onLost = () -> { };

    private ChronicleJournal(final JournalFiles files, final DiskRoom room, final int moreRecords) {
        this.files = files;
        this.room = room;
        this.moreRecords = moreRecords;
    }

    /** @throws ConfigException with a sentence if the directory holds no journal, a damaged one, or is in use */
    static ChronicleJournal open(final Path directory) throws ConfigException {
        return open(directory, LEAST_FREE, MORE_RECORDS);
    }

    /** @param leastFree octets that stay free on the disk: with less it is not opened, and no longer written */
    static ChronicleJournal open(final Path directory, final long leastFree) throws ConfigException {
        return open(directory, leastFree, MORE_RECORDS);
    }

    static ChronicleJournal open(final Path directory, final long leastFree, final int moreRecords)
        throws ConfigException {
        final JournalFiles files = JournalFiles.open(directory);
        final ChronicleJournal journal = new ChronicleJournal(files, room(directory, leastFree, files), moreRecords);
        try {
            if (files.exists()) {
                journal.queue = queue(files.path());
                if (journal.load()) {
                    LOG.warn("the journal {} ends in a record that was not written whole, as after a power failure; it "
                        + "is kept without it", directory);
                    journal.rewrite();
                }
            } else {
                journal.queue = queue(files.nextPath());
                files.advance();
            }
            return journal;
        } catch (final MalformedException | IOException | RuntimeException e) {
            journal.close();
            throw new ConfigException("--journal: " + directory + " is damaged (" + e.getMessage() + "); move it away "
                + "to start without it");
        }
    }

    /** Opening writes too. */
    private static DiskRoom room(final Path directory, final long leastFree, final JournalFiles files)
        throws ConfigException {
        try {
            final DiskRoom room = new DiskRoom(directory, leastFree);
            room.claim(0, System.nanoTime());
            return room;
        } catch (final IOException e) {
            files.closeQuietly();
            throw new ConfigException("--journal: " + directory + " cannot be used: " + e.getMessage());
        }
    }

    private static ChronicleQueue queue(final Path path) {
        return SingleChronicleQueueBuilder.binary(path).rollCycle(LargeRollCycles.LARGE_DAILY)
            .blockSize(BLOCK_OCTETS).build();
    }

    /**
     * Reads all records.
     *
     * @return whether it ends in what is none: a crash of the machine may leave that of the last one written
     */
    private boolean load() throws MalformedException {
        MalformedException torn = null;
        final Bytes<?> bytes = Bytes.allocateElasticOnHeap(LONGEST);
        final byte[] octets = new byte[LONGEST];
        try (ExcerptTailer tailer = queue.createTailer()) {
            while (tailer.readBytes(bytes.clear())) {
                final int length = (int) Math.min(bytes.readRemaining(), LONGEST);
                bytes.read(octets, 0, length);
                torn = load(octets, length, torn);
            }
        }
        if (records > 0 && serverId == 0) {
            throw new MalformedException("it says nowhere whose it is");
        }
        return torn != null;
    }

    /** @return why a record is none, if this one or one before it is; behind such a one there must be no good one */
    private MalformedException load(final byte[] octets, final int length, final MalformedException before)
        throws MalformedException {
        final JournalRecord record;
        try {
            record = JournalRecord.read(octets, length, crc);
        } catch (final MalformedException e) {
            return before != null ? before : e;
        }
        if (before != null) {
            throw before;
        }
        remember(record);
        records++;
        return null;
    }

    /** All that is remembered becomes a generation of its own: what comes next must not stand behind a torn end. */
    private void rewrite() throws IOException {
        queue.close();
        queue = queue(files.nextPath());
        records = 0;
        try (ExcerptAppender whole = queue.createAppender()) {
            if (serverId != 0) {
                JournalRecord.identity(out, serverId);
                whole.writeBytes(sealed());
                records++;
            }
            for (final Map.Entry<Key, PoolElementParameter> e : remembered.entrySet()) {
                JournalRecord.put(out, e.getKey().handle(), e.getValue());
                whole.writeBytes(sealed());
                records++;
            }
        }
        files.advance();
    }

    private void remember(final JournalRecord record) {
        if (record.kind() == JournalRecord.IDENTITY) {
            serverId = record.serverId();
        } else if (record.kind() == JournalRecord.PUT) {
            remembered.put(new Key(record.handle(), record.element().identifier()), record.element());
        } else {
            remembered.remove(new Key(record.handle(), record.removed()));
        }
    }

    /** @param observer hears, once, that nothing is written any more */
    ChronicleJournal onLost(final Runnable observer) {
        onLost = observer;
        return this;
    }

    // ---- the registrar's side -----------------------------------------------------------------------------------

    @Override
    public int identifier() {
        return serverId;
    }

    @Override
    public void identifier(final int id) {
        serverId = id;
        JournalRecord.identity(out, id);
        write();
    }

    @Override
    public void replay(final Replay replay) {
        remembered.forEach((key, element) -> replay.element(key.handle(), element));
        remembered.clear();
    }

    @Override
    public void attach(final Handlespace all) {
        space = all;
    }

    @Override
    public void put(final PoolElementEntry element) {
        JournalRecord.put(out, element);
        write();
    }

    @Override
    public void remove(final PoolElementEntry element) {
        JournalRecord.remove(out, element);
        write();
    }

    // ---- writing ------------------------------------------------------------------------------------------------

    private void write() {
        if (broken) {
            return;
        }
        try {
            if (appender == null) {
                // an appender belongs to the thread that made it: the registrar's, not the one that opened the journal
                appender = queue.createAppender();
            }
            final Bytes<byte[]> record = sealed();
            room.claim((int) record.readRemaining(), System.nanoTime());
            appender.writeBytes(record);
            records++;
            if (nextAppender != null) {
                nextAppender.writeBytes(record.readPosition(0));
                nextRecords++;
                copySome();
            } else if (space != null && records > (long) RECORDS_PER_ELEMENT * space.elements() + moreRecords) {
                begin();
            }
        } catch (final IOException | RuntimeException | InternalError e) {
            // a full disk, for example: the registrar serves on, and its peers know everything too
            broken = true;
            onLost.run();
            LOG.error("the journal is no longer written; after a restart this registrar must ask its peers", e);
        }
    }

    private Bytes<byte[]> sealed() {
        final int length = JournalRecord.seal(out, crc);
        final Bytes<byte[]> record = Bytes.wrapForRead(out.buffer());
        record.readLimit(length);
        return record;
    }

    private void begin() {
        nextQueue = queue(files.nextPath());
        nextAppender = nextQueue.createAppender();
        nextRecords = 1;
        JournalRecord.identity(out, serverId);
        nextAppender.writeBytes(sealed());
        walk = space.cursor();
    }

    private void copySome() throws IOException {
        for (int i = 0; i < COPIED_WITH_EACH_WRITE; i++) {
            final PoolElementEntry e = walk.next();
            if (e == null) {
                swap();
                return;
            }
            JournalRecord.put(out, e);
            final Bytes<byte[]> record = sealed();
            room.claim((int) record.readRemaining(), System.nanoTime());
            nextAppender.writeBytes(record);
            nextRecords++;
        }
    }

    private void swap() throws IOException {
        walk.close();
        walk = null;
        appender.close();
        queue.close();
        files.advance();
        queue = nextQueue;
        appender = nextAppender;
        records = nextRecords;
        nextQueue = null;
        nextAppender = null;
    }

    /** Records in the generation that counts. */
    long records() {
        return records;
    }

    @Override
    public void close() {
        broken = true;
        try {
            if (nextQueue != null) {
                nextQueue.close();
            }
            if (queue != null) {
                queue.close();
            }
            files.close();
        } catch (final IOException | RuntimeException e) {
            LOG.warn("closing the journal failed: {}", String.valueOf(e.getMessage()));
        }
    }
}
