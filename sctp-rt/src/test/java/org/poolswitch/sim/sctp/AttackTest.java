// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.core.SctpCounter;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;

/**
 * Floods. All the time an honest peer has an association with the victim: each message of it is delivered within the
 * millisecond in which it was sent.
 */
class AttackTest {
    private static final long MS = 1_000_000L;
    /** IP and UDP headers. */
    private static final int HEADERS = 28;
    private static final int PORT = FuzzEnd.PORT;
    private static final int RECEIVE_TOTAL = 1 << 20;

    private final SplittableRandom random = new SplittableRandom(5);
    private final SctpConfig config = SctpSettings.apply(SctpConfig.carrier(), "Receive.Buffer=262144,"
        + "Message.Max=65536,Receive.Total=" + RECEIVE_TOTAL + ",Associations.Max=32");
    private final FuzzEnd victim = new FuzzEnd(1, config, new SplittableRandom(1));
    private final FuzzEnd honest = new FuzzEnd(2, SctpConfig.carrier(), new SplittableRandom(2));
    private final List<FuzzEnd.Packet> answers = new ArrayList<>();
    private long now = MS;

    @BeforeEach
    void connect() {
        honest.connect(victim, now);
        for (int i = 0; i < 3; i++) {
            exchange();
        }
        assertThat(honest.ups).isOne();
    }

    private void exchange() {
        victim.drive(now);
        honest.drive(now);
        while (!honest.out.isEmpty()) {
            victim.arrive(honest.host, honest.out.poll().bytes(), now);
        }
        victim.drive(now);
        while (!victim.out.isEmpty()) {
            final FuzzEnd.Packet packet = victim.out.poll();
            if (packet.to().equals(honest.host)) {
                honest.arrive(victim.host, packet.bytes(), now);
            } else {
                answers.add(packet);
            }
        }
    }

    /** A millisecond passes; the honest peer must not notice what goes on. */
    private void step() {
        now += MS;
        final int before = victim.messages;
        honest.send(1, 100, SctpEndpoint.NO_LIFETIME, now);
        exchange();
        exchange();
        assertThat(victim.messages).as("the honest peer's message").isGreaterThan(before);
        assertThat(honest.downs).isZero();
        victim.core.audit();
    }

    private long answeredOctets() {
        final long octets = answers.stream().mapToLong(a -> a.bytes().length).sum();
        answers.clear();
        return octets;
    }

    /** An attacker who has done the handshake and now makes packets by hand. */
    private final class Attacker {
        private final InetAddress host;
        private final int tag = random.nextInt() | 1;
        private final byte[] cookie;
        private final int victimTag;
        private final int victimTsn;
        private int tsn = random.nextInt();

        Attacker(final int last, final byte[]... parameters) {
            host = FuzzEnd.host(last);
            answers.clear();
            victim.arrive(host, Forge.packet(7, PORT, 0, Forge.init(ChunkType.INIT, tag, tsn, parameters)), now);
            exchange();
            final byte[] initAck = Forge.chunks(answers.remove(0).bytes()).get(0);
            victimTag = Bytes.i32(initAck, 4);
            victimTsn = Bytes.i32(initAck, 16);
            cookie = parameter(initAck, 7);
            send(Forge.chunk(ChunkType.COOKIE_ECHO, 0, cookie));
            exchange();
        }

        private static byte[] parameter(final byte[] initAck, final int type) {
            int at = 20;
            while (Bytes.u16(initAck, at) != type) {
                at += Bytes.padded(Bytes.u16(initAck, at + 2));
            }
            return Arrays.copyOfRange(initAck, at + 4, at + Bytes.u16(initAck, at + 2));
        }

        int send(final byte[]... chunks) {
            final byte[] packet = Forge.packet(7, PORT, victimTag, chunks);
            victim.arrive(host, packet, now);
            return packet.length;
        }

        boolean isThere() {
            return victim.core.associations() > 1;
        }
    }

    private static long usedHeap() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    // ---- strangers ------------------------------------------------------------------------------------------------

    @Test
    void aFloodOfInitsLeavesNothingAndIsAnsweredByAtMostThreeTimesItsOctets() {
        final long before = usedHeap();
        for (int i = 0; i < 300_000; i++) {
            final byte[] init = Forge.packet(1 + random.nextInt(65_535), PORT, 0,
                Forge.init(ChunkType.INIT, random.nextInt() | 1, random.nextInt()));
            victim.arrive(FuzzEnd.host(3 + random.nextInt(200)), init, now);
            if (i % 100 == 99) {
                step();
                assertThat(answers).hasSizeLessThanOrEqualTo(100).allSatisfy(answer ->
                    assertThat(answer.bytes().length + HEADERS).isLessThanOrEqualTo(3 * (init.length + HEADERS)));
                answers.clear();
            }
        }
        assertThat(victim.core.associations()).isOne();
        assertThat(victim.core.heldOctets()).isZero();
        assertThat(usedHeap() - before).as("octets that a flood of INITs leaves").isLessThan(8 << 20);
    }

    @Test
    void initsFasterThanTheyCanBeAnsweredAreDropped() {
        for (int i = 0; i < 10_000; i++) {
            victim.arrive(FuzzEnd.host(3), Forge.packet(7, PORT, 0, Forge.init(ChunkType.INIT, 1 + i, 1)), now);
        }
        assertThat(victim.core.counters().get(SctpCounter.REPLIES_DROPPED)).isEqualTo(10_000 - 4_096);
        step();
    }

    @Test
    void outOfTheBluePacketsAreAnsweredByNoMoreThanTheirOwnOctets() {
        long in = 0;
        for (int i = 0; i < 200_000; i++) {
            final byte[] packet = switch (random.nextInt(3)) {
                case 0 -> noise();
                case 1 -> Forge.seal(noise());
                default -> Forge.packet(random.nextInt(65_536), PORT, random.nextInt(),
                    Forge.chunk(random.nextInt(20), random.nextInt(4), new byte[random.nextInt(40)]));
            };
            if (packet.length > 12 && packet[12] != ChunkType.INIT) {
                in += packet.length;
                victim.arrive(FuzzEnd.host(3), packet, now);
            }
            if (i % 100 == 99) {
                step();
                final long out = answeredOctets();
                assertThat(out).isLessThanOrEqualTo(in);
                in -= out;
            }
        }
        assertThat(victim.core.associations()).isOne();
    }

    @Test
    void aStrangersPacketOfMoreChunksThanAreLookedAtIsNotAnswered() {
        assertThat(answersToChunks(512)).isOne();
        assertThat(answersToChunks(513)).isZero();
        assertThat(victim.core.counters().get(SctpCounter.OUT_OF_THE_BLUE)).isEqualTo(2);
        step();
    }

    private int answersToChunks(final int count) {
        answers.clear();
        final byte[] unknown = Forge.chunk(63, 0);
        victim.arrive(FuzzEnd.host(3), Forge.packet(7, PORT, 1, Collections.nCopies(count, unknown)), now);
        exchange();
        return answers.size();
    }

    private byte[] noise() {
        final byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        return noise;
    }

    @Test
    void aCookieThatIsReplayedMakesOneAssociationOnly() {
        final Attacker attacker = new Attacker(3);
        assertThat(victim.core.associations()).isEqualTo(2);
        final int ups = victim.ups;
        replay(attacker, 1_000);
        assertThat(victim.core.associations()).isEqualTo(2);
        attacker.send(Forge.chunk(ChunkType.ABORT, 0));
        step();
        replay(attacker, 20_000);
        assertThat(victim.core.associations()).isOne();
        assertThat(victim.ups).isEqualTo(ups);
        assertThat(victim.core.counters().get(SctpCounter.REPLAYED_COOKIE)).isEqualTo(20_000);
    }

    private void replay(final Attacker attacker, final int times) {
        answers.clear();
        long in = 0;
        for (int i = 0; i < times; i++) {
            in += attacker.send(Forge.chunk(ChunkType.COOKIE_ECHO, 0, attacker.cookie));
            if (i % 100 == 99) {
                step();
            }
        }
        assertThat(answeredOctets()).isLessThanOrEqualTo(in);
    }

    @Test
    void keysRotate() {
        final byte[] init = Forge.packet(7, PORT, 0, Forge.init(ChunkType.INIT, 1, 1));
        victim.arrive(FuzzEnd.host(3), init, now);
        exchange();
        final byte[] initAck = Forge.chunks(answers.remove(0).bytes()).get(0);
        final byte[] echo = Forge.packet(7, PORT, Bytes.i32(initAck, 4),
            Forge.chunk(ChunkType.COOKIE_ECHO, 0, Attacker.parameter(initAck, 7)));
        // two keys later nobody can tell who made it
        for (int i = 0; i < 2; i++) {
            now += 2 * config.validCookieLifeNs();
            victim.arrive(FuzzEnd.host(3), init, now);
        }
        victim.arrive(FuzzEnd.host(3), echo, now);
        assertThat(victim.core.counters().get(SctpCounter.BAD_COOKIE)).isOne();
        assertThat(victim.core.counters().get(SctpCounter.STALE_COOKIE)).isZero();
    }

    // ---- peers ------------------------------------------------------------------------------------------------------

    @Test
    void addressesOfThirdPartiesGetNoMoreOctetsThanTheAttackerSpends() {
        final byte[][] listed = new byte[7][];
        for (int i = 0; i < listed.length; i++) {
            listed[i] = Forge.tlv(5, FuzzEnd.host(101 + i).getAddress());
        }
        final Attacker attacker = new Attacker(3, listed);
        long in = 12 + 20 + 7 * 8;
        long out = 0;
        int asked = 0;
        for (int ms = 0; ms < 20_000; ms++) {
            step();
            for (final FuzzEnd.Packet answer : List.copyOf(answers)) {
                if (!answer.to().equals(attacker.host)) {
                    out += answer.bytes().length;
                    asked++;
                    continue;
                }
                for (final byte[] chunk : Forge.chunks(answer.bytes())) {
                    if (chunk[0] == ChunkType.HEARTBEAT) {
                        in += attacker.send(Forge.chunk(ChunkType.HEARTBEAT_ACK, 0,
                            Arrays.copyOfRange(chunk, 4, chunk.length)));
                    }
                }
            }
            answers.clear();
            assertThat(out).isLessThanOrEqualTo(in + attacker.cookie.length + 16);
        }
        assertThat(attacker.isThere()).isTrue();
        assertThat(asked).isPositive();
    }

    @Test
    void bogusSacksEndNothingButTheirOwnAssociation() {
        final Attacker attacker = new Attacker(3);
        for (int i = 0; i < 100_000; i++) {
            final int[] gaps = new int[2 * random.nextInt(300)];
            for (int g = 0; g < gaps.length; g++) {
                gaps[g] = random.nextInt(g + 3);
            }
            attacker.send(Forge.sack(attacker.victimTsn - 2 + random.nextInt(40), random.nextInt(), gaps));
            if (i % 50 == 49) {
                victim.send(random.nextInt(10), 1 + random.nextInt(3_000), SctpEndpoint.NO_LIFETIME, now);
                step();
            }
        }
    }

    /** Whatever an attacker does with TSNs and fragments, memory and other associations are safe. */
    private void flood(final Attacker attacker, final int packets, final Consumer<Attacker> one) {
        for (int i = 0; i < packets; i++) {
            one.accept(attacker);
            if (i % 200 == 199) {
                step();
                assertThat(victim.core.heldOctets()).isLessThan(3L * RECEIVE_TOTAL);
            }
        }
        step();
    }

    @Test
    void fragmentsThatBeginAndNeverEndBreakTheProtocol() {
        final Attacker attacker = new Attacker(3);
        flood(attacker, 1_000, a -> a.send(Forge.data(2, a.tsn++, 1, 0, new byte[1])));
        assertThat(attacker.isThere()).isFalse();
    }

    @Test
    void fragmentsThatNeverCompleteHoldLittleMemory() {
        final Attacker attacker = new Attacker(3);
        flood(attacker, 50_000, a -> {
            a.tsn += 2;
            a.send(Forge.data(0, a.tsn, 1, 0, new byte[1_300]));
        });
        assertThat(victim.core.heldOctets()).isLessThan(2L * config.receiveBufferOctets());
        // and if all peers do that, the honest one still has its share
        for (int last = 4; last < 30; last++) {
            flood(new Attacker(last), 2_000, a -> {
                a.tsn += 2;
                a.send(Forge.data(0, a.tsn, 1, 0, new byte[1_300]));
            });
        }
        assertThat(victim.core.heldOctets()).isGreaterThan(RECEIVE_TOTAL / 2);
    }

    @Test
    void endlessMessagesOfAllPeersAreBounded() {
        for (int last = 3; last < 30; last++) {
            // in order, so that each closes the lowest gap and may use a closed window
            final Attacker attacker = new Attacker(last);
            attacker.send(Forge.data(2, attacker.tsn++, 1, 0, new byte[30]));
            flood(attacker, 2_000, a -> a.send(Forge.data(0, a.tsn++, 1, 0, new byte[30])));
        }
        assertThat(victim.downs).as("those who took more than their share").isPositive();
    }

    @Test
    void oneOctetWithHugeGapsHoldsLittleMemory() {
        final Attacker attacker = new Attacker(3);
        final int first = attacker.tsn;
        flood(attacker, 100_000, a -> a.send(Forge.data(3, first + 2 + random.nextInt(70_000), random.nextInt(10),
            random.nextInt(), new byte[1])));
        assertThat(victim.core.heldOctets()).isLessThan(2L * config.receiveBufferOctets());
        assertThat(answers).allSatisfy(answer -> assertThat(answer.bytes().length)
            .isLessThanOrEqualTo(config.pathMtu()));
    }

    @Test
    void aLongMessageInTinyFragmentsIsPutTogetherWithoutWalkingOverThem() {
        final SctpConfig roomy = SctpConfig.carrier();
        final FuzzEnd other = new FuzzEnd(1, roomy, new SplittableRandom(1));
        final InetAddress host = FuzzEnd.host(3);
        other.arrive(host, Forge.packet(7, PORT, 0, Forge.init(ChunkType.INIT, 1, 1)), now);
        other.drive(now);
        final byte[] initAck = Forge.chunks(other.out.poll().bytes()).get(0);
        final int tag = Bytes.i32(initAck, 4);
        other.arrive(host, Forge.packet(7, PORT, tag,
            Forge.chunk(ChunkType.COOKIE_ECHO, 0, Attacker.parameter(initAck, 7))), now);
        // with a walk for each of them these would be hours
        final int fragments = 60_000;
        for (int i = 0; i < fragments; i++) {
            other.arrive(host, Forge.packet(7, PORT, tag, Forge.data(i == 0 ? 2 : i == fragments - 1 ? 1 : 0, 1 + i, 1,
                0, new byte[1])), now);
            if (i % 1_000 == 0) {
                other.drive(now);
                other.out.clear();
            }
        }
        other.drive(now);
        assertThat(other.messages).isOne();
        assertThat(other.core.heldOctets()).isZero();
    }
}
