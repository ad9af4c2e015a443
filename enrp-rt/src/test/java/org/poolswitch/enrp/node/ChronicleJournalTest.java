// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.HandlespaceLimits;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;

/** What a registrar's journal remembers, how large it becomes, and what it says of what is not its own. */
class ChronicleJournalTest {
    private static final int SERVER = 0x12345678;
    private static final PoolHandle POOL = PoolHandle.of("pool");

    @TempDir
    private Path parent;
    private final Handlespace space = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(1));

    private Path directory() {
        return parent.resolve("journal");
    }

    private void put(final ChronicleJournal journal, final int id, final int life) {
        final byte[] transport = TransportParameter.sctp(7, TransportParameter.DATA_PLUS_CONTROL,
            List.of(InetAddress.getLoopbackAddress())).octets();
        assertThat(space.put(POOL, new PoolElementParameter(id, SERVER, life, transport,
            PolicyParameter.of(PolicyType.ROUND_ROBIN).value(), transport))).isZero();
        journal.put(space.find(POOL, id));
    }

    private void remove(final ChronicleJournal journal, final int id) {
        journal.remove(space.find(POOL, id));
        space.remove(space.find(POOL, id));
    }

    private static TreeSet<String> remembered(final ChronicleJournal journal) {
        final TreeSet<String> all = new TreeSet<>();
        journal.replay((handle, element) -> all.add(handle + "/" + element.identifier() + " home "
            + Integer.toHexString(element.homeServer()) + " life " + element.lifeMillis()
            + (element.asapTransport() == null ? "" : " asap")));
        return all;
    }

    @Test
    void remembersWhoItWasAndEveryElementThatWasNotRemoved() throws ConfigException {
        try (ChronicleJournal journal = ChronicleJournal.open(directory())) {
            assertThat(journal.identifier()).isZero();
            assertThat(remembered(journal)).isEmpty();
            journal.identifier(SERVER);
            put(journal, 1, 1000);
            put(journal, 2, 1000);
            put(journal, 3, 1000);
            put(journal, 2, 2000);
            remove(journal, 3);
        }
        try (ChronicleJournal journal = ChronicleJournal.open(directory())) {
            assertThat(journal.identifier()).isEqualTo(SERVER);
            assertThat(remembered(journal)).containsExactly("pool/1 home 12345678 life 1000 asap",
                "pool/2 home 12345678 life 2000 asap");
        }
    }

    @Test
    void isOpenedByOneThreadAndWrittenByAnother() throws Exception {
        // once the appender was made where the journal was opened, and the registrar's thread could not write
        try (ChronicleJournal journal = ChronicleJournal.open(directory())) {
            final Thread registrar = new Thread(() -> {
                journal.identifier(SERVER);
                put(journal, 1, 1000);
            });
            registrar.start();
            registrar.join();
        }
        try (ChronicleJournal journal = ChronicleJournal.open(directory())) {
            assertThat(remembered(journal)).hasSize(1);
        }
    }

    @Test
    void staysBoundedAndForgetsNothingByThat() throws ConfigException, IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(directory(), ChronicleJournal.LEAST_FREE, 200)) {
            journal.identifier(SERVER);
            journal.attach(space);
            for (int round = 0; round < 200; round++) {
                for (int id = 1; id <= 50; id++) {
                    put(journal, id, 1000 + round);
                    if (id % 10 == 0) {
                        remove(journal, id);
                    }
                }
                assertThat(journal.records()).isLessThan(4 * 50 + 200 + 50);
            }
        }
        try (Stream<Path> files = Files.list(directory())) {
            // the lock, the name of the generation that counts, and one generation or two
            assertThat(files.count()).isLessThanOrEqualTo(4);
        }
        try (ChronicleJournal journal = ChronicleJournal.open(directory())) {
            assertThat(journal.identifier()).isEqualTo(SERVER);
            assertThat(remembered(journal)).hasSize(45).allMatch(text -> text.contains("life 1199"));
        }
    }

    @Test
    void isForOneRegistrarAtATime() throws ConfigException {
        try (ChronicleJournal journal = ChronicleJournal.open(directory())) {
            journal.identifier(SERVER);
            assertThatThrownBy(() -> ChronicleJournal.open(directory())).isInstanceOf(ConfigException.class)
                .hasMessage("--journal: " + directory() + " is in use by another registrar");
        }
    }

    @Test
    void leavesWhatIsNotItsOwnAlone() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("diary.txt"), "dear diary");
        assertThatThrownBy(() -> ChronicleJournal.open(directory())).isInstanceOf(ConfigException.class)
            .hasMessageContaining("holds something that is no journal of a registrar");
        assertThat(directory().resolve("diary.txt")).exists();
        final Path file = parent.resolve("file");
        Files.writeString(file, "no directory");
        assertThatThrownBy(() -> ChronicleJournal.open(file)).isInstanceOf(ConfigException.class)
            .hasMessageContaining("cannot be used");
    }

    private void written(final int elements) throws ConfigException {
        try (ChronicleJournal journal = ChronicleJournal.open(directory())) {
            journal.identifier(SERVER);
            for (int id = 1; id <= elements; id++) {
                put(journal, id, 1000);
            }
        }
    }

    /** Changes an octet of the record that names its pool as the {@code which}th in the newest file. */
    private void damage(final int which) throws IOException {
        final Path queue;
        try (Stream<Path> walk = Files.walk(directory())) {
            queue = walk.filter(file -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
        final byte[] all = Files.readAllBytes(queue);
        final List<Integer> at = new ArrayList<>();
        for (int i = 0; i < all.length - 4; i++) {
            if (all[i] == 'p' && all[i + 1] == 'o' && all[i + 2] == 'o' && all[i + 3] == 'l') {
                at.add(i);
            }
        }
        try (RandomAccessFile file = new RandomAccessFile(queue.toFile(), "rw")) {
            file.seek(at.get(Math.floorMod(which, at.size())));
            file.write('P');
        }
    }

    @Test
    void saysThatItIsDamaged() throws ConfigException, IOException {
        written(100);
        damage(50);
        assertThatThrownBy(() -> ChronicleJournal.open(directory())).isInstanceOf(ConfigException.class)
            .hasMessageContaining("is damaged").hasMessageContaining("move it away");
        Files.writeString(directory().resolve("current"), "generation-99\n");
        assertThatThrownBy(() -> ChronicleJournal.open(directory())).isInstanceOf(ConfigException.class)
            .hasMessageContaining("names no generation");
    }

    /** The power failed while the last records were on their way to the disk: who is left starts all the same. */
    @Test
    void aTornEndIsCutOff() throws ConfigException, IOException {
        written(100);
        damage(-1);
        damage(-1);
        for (int start = 0; start < 2; start++) {
            try (ChronicleJournal journal = ChronicleJournal.open(directory())) {
                assertThat(journal.identifier()).isEqualTo(SERVER);
                assertThat(remembered(journal)).hasSize(98 + start);
                journal.identifier(SERVER);
                put(journal, 101, 1000);
            }
        }
    }

    /** As on a full disk: the next generation cannot be made. */
    @Test
    void whenItCannotBeWrittenThatIsSaidOnceAndNobodyElseIsHarmed() throws Exception {
        final List<String> lost = new ArrayList<>();
        try (ChronicleJournal journal = ChronicleJournal.open(directory(), ChronicleJournal.LEAST_FREE, 20)
            .onLost(() -> lost.add("lost"))) {
            journal.identifier(SERVER);
            journal.attach(space);
            Files.writeString(directory().resolve("generation-2"), "in the way");
            for (int i = 0; i < 200; i++) {
                put(journal, 1 + i % 3, 1000 + i);
            }
            assertThat(lost).hasSize(1);
            assertThat(space.elements()).as("what is known stays known").isEqualTo(3);
            remove(journal, 2);
        }
        try (ChronicleJournal journal = ChronicleJournal.open(directory())) {
            assertThat(journal.identifier()).isEqualTo(SERVER);
            assertThat(remembered(journal)).as("as far as it was written").hasSize(3);
        }
    }
}
