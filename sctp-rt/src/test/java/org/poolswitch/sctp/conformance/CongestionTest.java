// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.PathStatus;

/** What a path and a peer bear, and when T3-rtx starts again (RFC 9260 sections 6.2.1, 6.3.2 and 7.2). */
class CongestionTest {
    private static final int MTU = 1400;
    /** The user data of a packet that is full. */
    private static final int FULL = MTU - 12 - 16;
    private static final int WINDOW = Association.WINDOW;

    private final Association a;
    /** The first TSN that the tester has not acknowledged. */
    private int next;

    CongestionTest() {
        a = Association.opened("maxBurst", 1000, "heartbeatIntervalNs", 0L, "pathMaxRetrans", 10,
            "potentiallyFailedMaxRetrans", 10, "rtoMinNs", 250 * Tester.MS);
        next = a.endpointTsn;
    }

    private void sendFull(final int messages) {
        for (int i = 0; i < messages; i++) {
            a.send(0, FULL);
        }
    }

    private List<Integer> tsnsNow() {
        return a.chunksNow().stream().filter(c -> c.type() == Chunk.DATA).map(c -> c.tsn() - next).toList();
    }

    private void acknowledge(final int tsns) {
        next += tsns;
        a.put(Chunk.sack(next - 1, WINDOW));
    }

    private PathStatus path() {
        return a.endpoint.paths(a.association()).get(0);
    }

    /** Slow start until so many packets are under way, and none waits. */
    private void underWay(final int packets) {
        sendFull(2 * packets);
        int sent = tsnsNow().size();
        for (int acknowledged = 1; sent < 2 * packets; acknowledged++) {
            acknowledge(1);
            sent += tsnsNow().size();
            assertThat(acknowledged).isLessThan(2 * packets);
        }
        while (path().inFlightOctets() > packets * FULL) {
            acknowledge(1);
        }
        assertThat(path().inFlightOctets()).isEqualTo(packets * FULL);
    }

    @Test
    void afterATimeoutOnePacketIsInFlightUntilSomethingIsAcknowledged() {
        sendFull(4);
        assertThat(tsnsNow()).hasSize(4);
        a.await(3 * Tester.SECOND, Chunk.DATA);
        a.expectNothing();
        acknowledge(1);
        assertThat(tsnsNow()).startsWith(0, 1);
    }

    @Test
    void afterATimeoutShortMessagesFillOnePacket() {
        for (int i = 0; i < 40; i++) {
            a.send(0, 100);
        }
        assertThat(tsnsNow()).hasSize(40);
        final Packet again = a.await(3 * Tester.SECOND, new Integer[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        assertThat(again.octets()).isGreaterThan(MTU - 116);
        a.expectNothing();
    }

    @Test
    void aFastRetransmissionIsOnePacketIfTheWindowIsFull() {
        underWay(40);
        for (int reports = 1; reports <= 3; reports++) {
            a.expectNothing();
            a.put(Chunk.sack(next - 1, WINDOW, 11, 10 + reports));
        }
        // section 7.2.4 rule 3: ten are lost, 27 under way, and cwnd is 20 packets now
        assertThat(tsnsNow()).containsExactly(0);
        a.expectNothing(200 * Tester.MS);
    }

    @Test
    void aFreePacketThatNobodyNeededIsNotThereLater() {
        underWay(40);
        for (int reports = 1; reports <= 3; reports++) {
            a.put(Chunk.sack(next - 1, WINDOW, 11, 10 + reports));
        }
        assertThat(tsnsNow()).hasSize(1);
        a.await(3 * Tester.SECOND, Chunk.DATA);
        a.expectNothing();
    }

    @Test
    void afterAFastRetransmissionOfTheFirstOutstandingChunkT3StartsAgain() {
        for (int i = 0; i < 40; i++) {
            a.send(0, 100);
            assertThat(tsnsNow()).hasSize(1);
            a.advance(400 * Tester.MS);
            acknowledge(1);
        }
        // the round trip is known: T3-rtx expires just after it
        assertThat(path().rtoNs()).isBetween(400 * Tester.MS, 420 * Tester.MS);
        for (int i = 0; i < 6; i++) {
            a.send(0, 100);
            assertThat(tsnsNow()).hasSize(1);
        }
        a.advance(400 * Tester.MS);
        for (int reports = 1; reports <= 3; reports++) {
            a.put(Chunk.sack(next - 1, WINDOW, 2, 1 + reports));
        }
        assertThat(tsnsNow()).containsExactly(0);
        // section 7.2.4 rule 4: its answer cannot be there sooner
        a.expectNothing(390 * Tester.MS);
        acknowledge(6);
        assertThat(path().errors()).isZero();
        assertThat(path().congestionWindowOctets()).isGreaterThan(MTU);
    }

    /** Section 7.2.2: not more than one packet per round trip, however long less was sent than might have been. */
    @Test
    void congestionAvoidanceSavesNothingUpWhileLittleIsSent() {
        sendFull(4);
        assertThat(tsnsNow()).hasSize(4);
        a.await(3 * Tester.SECOND, Chunk.DATA);
        acknowledge(4);
        // ssthresh is four packets
        for (int i = 0; i < 100 && path().congestionWindowOctets() <= 5 * MTU; i++) {
            sendFull(8);
            for (int sent = tsnsNow().size(); sent > 0; sent = tsnsNow().size()) {
                acknowledge(sent);
            }
        }
        assertThat(path().inFlightOctets()).isZero();
        final long before = path().congestionWindowOctets();
        a.send(0, 700);
        assertThat(tsnsNow()).hasSize(1);
        for (int i = 0; i < 1000; i++) {
            a.send(0, 700);
            assertThat(tsnsNow()).hasSize(1);
            acknowledge(1);
        }
        assertThat(path().congestionWindowOctets()).isEqualTo(before);
        sendFull(100);
        for (final int n : tsnsNow()) {
            assertThat(n).isNotNegative();
            acknowledge(1);
        }
        assertThat(path().congestionWindowOctets()).isBetween(before + MTU, before + 2 * MTU);
    }

    /** RFC 8540 section 3.22: what gap blocks acknowledge counts, though the cumulative TSN does not move. */
    @Test
    void gapBlocksOpenTheWindowToo() {
        sendFull(4);
        assertThat(tsnsNow()).hasSize(4);
        final long before = path().congestionWindowOctets();
        a.put(Chunk.sack(next - 1, WINDOW, 2, 2));
        assertThat(path().congestionWindowOctets()).isEqualTo(before + FULL);
    }

    @Test
    void anIdlePathHalvesItsWindowOncePerRtoAndRemembersWhereItWas() {
        underWay(40);
        acknowledge(40);
        final long before = path().congestionWindowOctets();
        final long rtoNs = path().rtoNs();
        a.advance(2 * rtoNs + rtoNs / 2);
        sendFull(1);
        assertThat(tsnsNow()).hasSize(1);
        assertThat(path().congestionWindowOctets()).isEqualTo(before / 4);
        acknowledge(1);
        a.advance(100 * rtoNs);
        sendFull(20);
        assertThat(tsnsNow()).hasSize(5);
        // slow start
        acknowledge(1);
        assertThat(path().congestionWindowOctets()).isEqualTo(4 * MTU + FULL);
    }

    /** Section 7.2.1, though slow start was not over when the path fell idle again: nothing was lost meanwhile. */
    @Test
    void aPathThatIsIdleTimeAndAgainRemembersWhereItWas() {
        underWay(40);
        acknowledge(40);
        for (int times = 0; times < 5; times++) {
            a.advance(100 * path().rtoNs());
            sendFull(8);
            for (int sent = tsnsNow().size(); sent > 0; sent = tsnsNow().size()) {
                acknowledge(sent);
            }
            assertThat(path().inFlightOctets()).isZero();
        }
        a.advance(100 * path().rtoNs());
        sendFull(60);
        tsnsNow();
        for (int i = 0; i < 12; i++) {
            acknowledge(1);
            tsnsNow();
        }
        // slow start still: a packet for each acknowledged one
        assertThat(path().congestionWindowOctets()).isGreaterThan(4 * MTU + 11 * FULL);
    }

    /** Section 6.2.1 D v: Fast Recovery is over with the SACK that reaches its exit point, before it counts misses. */
    @Test
    void whatIsMissingWhenFastRecoveryEndsIsNotCountedForIt() {
        underWay(40);
        for (int reports = 1; reports <= 3; reports++) {
            a.put(Chunk.sack(next - 1, WINDOW, 2, 10 + reports));
        }
        assertThat(tsnsNow()).containsExactly(0);
        a.put(Chunk.sack(next - 1, WINDOW, 2, 40));
        sendFull(4);
        assertThat(tsnsNow()).containsExactly(40, 41, 42, 43);
        a.put(Chunk.sack(next - 1, WINDOW, 2, 40, 42, 42));
        next += 40;
        // nothing newer than the missing one is acknowledged here
        a.put(Chunk.sack(next - 1, WINDOW, 2, 2));
        a.put(Chunk.sack(next - 1, WINDOW, 2, 3));
        a.expectNothing();
        a.put(Chunk.sack(next - 1, WINDOW, 2, 4));
        assertThat(tsnsNow()).containsExactly(0);
    }

    /** Section 7.2.4: what the same SACK acknowledges opens the window first, and then it is halved. */
    @Test
    void theWindowIsOpenedBeforeAFastRetransmissionHalvesIt() {
        underWay(40);
        sendFull(100);
        tsnsNow();
        a.put(Chunk.sack(next - 1, WINDOW, 3, 12));
        tsnsNow();
        a.put(Chunk.sack(next - 1, WINDOW, 3, 13));
        tsnsNow();
        final long before = path().congestionWindowOctets();
        assertThat(path().inFlightOctets() + MTU).isGreaterThan((int) before);
        a.put(Chunk.sack(next, WINDOW, 2, 13));
        assertThat(path().congestionWindowOctets()).isEqualTo((before + MTU) / 2);
    }

    /** More than 2 GiB in one go is as good as no limit. */
    @Test
    void aBurstWithoutALimitIsOne() {
        final Association unlimited = Association.opened("maxBurst", Integer.MAX_VALUE);
        unlimited.send(0, 100);
        unlimited.expect(Chunk.DATA);
    }

    /** Section 6.2.1 B and C: whatever goes again needs room at the peer as well. */
    @Test
    void whatGoesAgainCountsAgainstThePeersWindow() {
        underWay(20);
        acknowledge(20);
        sendFull(6);
        assertThat(tsnsNow()).hasSize(6);
        a.put(Chunk.sack(next - 1, 5000, 4, 4));
        a.put(Chunk.sack(next - 1, 5000, 4, 5));
        sendFull(3);
        a.put(Chunk.sack(next - 1, 5000, 4, 6));
        assertThat(tsnsNow()).containsExactly(0, 1, 2);
        next += 6;
        a.put(Chunk.sack(next - 1, WINDOW));
        assertThat(tsnsNow()).containsExactly(0, 1, 2);
    }

    /** Section 6.3.2 R3: what is missing on the other path does not make this one's answers late. */
    @Test
    void t3OfAPathStartsAgainThoughAnOlderTsnIsMissingOnAnother() {
        final Association two = new Association("heartbeatIntervalNs", 0L).connect(Tester.T1, Tester.T2)
            .answerInit(Tlv.address(Tester.T1), Tlv.address(Tester.T2)).answerCookie();
        final InetAddress other = Tester.T2;
        final int first = two.endpointTsn;
        two.send(0, 100);
        assertThat(two.expect(Chunk.DATA).to()).isEqualTo(Tester.T1);
        assertThat(two.endpoint.setPrimary(two.association(), other, two.now)).isTrue();
        two.advance(10 * Tester.MS);
        two.send(0, 100);
        assertThat(two.expect(Chunk.DATA).to()).isEqualTo(other);
        int sent = 2;
        // one is always under way there, and none for long
        for (int ms = 0; ms < 980; ms += 20) {
            two.send(0, 100);
            assertThat(two.expect(Chunk.DATA).to()).isEqualTo(other);
            sent++;
            two.advance(20 * Tester.MS);
            two.putFrom(other, Chunk.sack(first - 1, WINDOW, 2, sent - 1));
            two.expectNothing();
        }
        final Packet again = two.await(20 * Tester.MS, Chunk.DATA);
        assertThat(again.first().tsn()).isEqualTo(first);
        assertThat(again.to()).isEqualTo(other);
        two.expectNothing(100 * Tester.MS);
        final PathStatus good = two.endpoint.paths(two.association()).get(0);
        assertThat(good.remote()).isEqualTo(other);
        assertThat(good.errors()).isZero();
    }
}
