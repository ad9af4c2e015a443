// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.SctpConfig;

/** End A is behind with reading its socket: what counts against a peer waits for what is unread. */
class LateReaderTest {
    private static final int LATE_MS = 450;
    /** Load.Patience times Least.Silence. */
    private static final int MOST_MS = (int) (SctpConfig.carrier().mostPutOffNs() / Pair.MS);
    /** Association.Max.Retrans and Least.Silence of the carrier profile. */
    private static final int LOST_MS = 150;
    private static final byte[] STRANGE = new byte[20];

    private final Pair pair = new Pair().connect();
    private boolean answers = true;

    @BeforeEach
    void roundTripsAreKnown() {
        pair.send(pair.a, "first");
        pair.run(100 * Pair.MS);
        pair.z.messages.clear();
        pair.a.states.clear();
    }

    /** A millisecond in which Z answers at once, and A takes the first so many datagrams of its socket. */
    private void step(final int read) {
        pair.now += Pair.MS;
        for (int i = 0; i < read && !pair.a.unread.isEmpty(); i++) {
            pair.arrive(pair.a, pair.a.unread.poll());
        }
        if (pair.a.unread.isEmpty()) {
            pair.a.allReadNs = pair.now;
        }
        for (int turn = 0; turn < 8; turn++) {
            pair.a.core.onDeadline(pair.now);
            pair.a.core.poll(pair.a, 1000, pair.now);
            pair.a.core.flush(pair.now);
        }
        pair.a.core.audit();
        pair.z.core.onDeadline(pair.now);
        pair.a.out.forEach(packet -> pair.arrive(pair.z, packet));
        pair.a.out.clear();
        pair.z.core.poll(pair.z, 1000, pair.now);
        pair.z.core.flush(pair.now);
        if (answers) {
            pair.a.unread.addAll(pair.z.out);
        }
        pair.z.out.clear();
    }

    private void steps(final int ms, final int read) {
        for (int i = 0; i < ms; i++) {
            step(read);
        }
    }

    private int errors() {
        return pair.a.core.paths(pair.a.association).get(0).errors();
    }

    @Test
    void answersThatWaitInOurOwnSocketPreventErrors() {
        pair.send(pair.a, "x");
        final long repeated = pair.a.core.counters().get(SctpCounter.RETRANSMISSIONS);
        steps(LATE_MS, 0);
        assertThat(errors()).isZero();
        // what may be lost goes again all the same
        assertThat(pair.a.core.counters().get(SctpCounter.RETRANSMISSIONS)).isGreaterThan(repeated);
        steps(1, 1000);
        steps(LATE_MS, 1000);
        assertThat(pair.a.states).isEmpty();
        assertThat(pair.a.downs).isEmpty();
        assertThat(pair.z.messages).containsExactly("x");
    }

    @Test
    void whoIsAlwaysBehindDoubtsNobodyThatAnswers() {
        for (int i = 0; i < 200; i++) {
            pair.a.unread.add(STRANGE);
        }
        for (int i = 0; i < 4 * LATE_MS; i++) {
            // one comes, one is read: 200 ms behind for ever
            pair.a.unread.add(STRANGE);
            if (i % 20 == 0) {
                pair.send(pair.a, "x");
            }
            step(2);
            while (pair.a.unread.size() < 200) {
                pair.a.unread.add(STRANGE);
            }
        }
        assertThat(pair.a.states).isEmpty();
        assertThat(pair.a.downs).isEmpty();
    }

    @Test
    void theErrorCountsWhenAllIsReadAndNoAnswerWasThere() {
        answers = false;
        pair.send(pair.a, "x");
        pair.a.unread.add(STRANGE);
        steps(LOST_MS, 0);
        assertThat(errors()).isZero();
        // whoever waited for so long waits half of that again at most
        steps(LOST_MS / 2, 1);
        assertThat(errors()).isPositive();
        assertThat(pair.a.states).startsWith(PathState.POTENTIALLY_FAILED);
        steps(LOST_MS, 1);
        assertThat(pair.a.downs).containsExactly(DownCause.PEER_SILENT);
    }

    @Test
    void aFloodKeepsADeadPeerForSoLongAndNoLonger() {
        answers = false;
        pair.send(pair.a, "x");
        for (int i = 0; i < MOST_MS; i++) {
            pair.a.unread.add(STRANGE);
            pair.a.unread.add(STRANGE);
            step(1);
        }
        assertThat(pair.a.states).isEmpty();
        for (int i = 0; i < 2 * LOST_MS; i++) {
            pair.a.unread.add(STRANGE);
            pair.a.unread.add(STRANGE);
            step(1);
        }
        assertThat(pair.a.downs).containsExactly(DownCause.PEER_SILENT);
    }

    @Test
    void aDeadPeerIsNoticedAsSoonAsEverWhenNothingIsUnread() {
        answers = false;
        pair.send(pair.a, "x");
        steps(45, 1);
        assertThat(pair.a.states).endsWith(PathState.POTENTIALLY_FAILED);
        steps(LOST_MS - 45, 1);
        assertThat(pair.a.downs).containsExactly(DownCause.PEER_SILENT);
    }

    @Test
    void anOpeningWaitsForTheInitAckThatIsUnread() {
        pair.a.association = pair.a.core.connect(
            org.poolswitch.sctp.SctpAddress.of(pair.z.host, Pair.PORT, 9899), pair.now);
        steps(1_500, 0);
        assertThat(pair.a.core.state(pair.a.association)).isEqualTo("COOKIE-WAIT");
        steps(10, 1000);
        assertThat(pair.a.core.state(pair.a.association)).isEqualTo("ESTABLISHED");
        assertThat(pair.a.downs).isEmpty();
    }
}
