// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.SendStatus;

/** Two associations that share what there is: the one hears of the room that the other leaves. */
class RoomAgainTest {
    private static final int MOST = 64_000;
    private static final int LONGEST = 50_000;

    private static SctpConfig narrow() {
        return SctpSettings.apply(SctpConfig.rfc(), "Message.Max=" + LONGEST + ",Send.Buffer=" + MOST
            + ",Send.Total=" + MOST + ",Receive.Buffer=" + MOST + ",Receive.Total=" + MOST
            + ",Associations.Max=8,Max.Burst=1000");
    }

    private final Pair pair = new Pair(narrow());
    private final int first = pair.connect().a.association;
    private final int second = pair.connect().a.association;

    private SendStatus send(final int association, final int octets) {
        return pair.a.core.send(association, 1, 7, false, new byte[octets], 0, octets, pair.now);
    }

    /** Packets go to and fro, but Z's user takes nothing. */
    private void exchange() {
        for (int i = 0; i < 100; i++) {
            pair.a.core.flush(pair.now);
            while (!pair.a.out.isEmpty()) {
                pair.arrive(pair.z, pair.a.out.poll());
            }
            pair.z.core.flush(pair.now);
            while (!pair.z.out.isEmpty()) {
                pair.arrive(pair.a, pair.z.out.poll());
            }
        }
    }

    @Test
    void whoHasNothingUnderWayHearsWhenOthersLeaveRoomInSendTotal() {
        for (int i = 0; i < 8; i++) {
            assertThat(send(first, 8000)).isEqualTo(SendStatus.ACCEPTED);
        }
        assertThat(send(second, 8000)).isEqualTo(SendStatus.FULL);
        for (int i = 0; i < 100; i++) {
            exchange();
            pair.z.core.poll(pair.z, 1000, pair.now);
            pair.a.core.poll(pair.a, 1000, pair.now);
        }
        assertThat(pair.a.sendable).containsExactly(second);
        assertThat(send(second, 8000)).isEqualTo(SendStatus.ACCEPTED);
    }

    /** Before the next flush could see how much they held. */
    @Test
    void whoHasNothingUnderWayHearsOfRoomThatCameAtOnce() {
        for (int i = 0; i < 8; i++) {
            assertThat(send(first, 8000)).isEqualTo(SendStatus.ACCEPTED);
        }
        assertThat(send(second, 8000)).isEqualTo(SendStatus.FULL);
        pair.a.core.abort(first, pair.now);
        pair.a.core.flush(pair.now);
        pair.a.core.poll(pair.a, 1000, pair.now);
        assertThat(pair.a.sendable).containsExactly(second);
    }

    /** Others never held more than half, and yet it has to wait for them. */
    @Test
    void whoWaitsWithAMessageOfMoreThanHalfOfSendTotalHearsOfRoom() {
        assertThat(send(first, 8000)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(send(first, 8000)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(send(second, LONGEST)).isEqualTo(SendStatus.FULL);
        pair.a.core.flush(pair.now);
        pair.a.core.poll(pair.a, 1000, pair.now);
        assertThat(pair.a.sendable).as("nothing is free yet").isEmpty();
        exchange();
        pair.a.core.poll(pair.a, 1000, pair.now);
        assertThat(pair.a.sendable).containsExactly(second);
        assertThat(send(second, LONGEST)).isEqualTo(SendStatus.ACCEPTED);
        pair.a.core.audit();
    }

    /** RFC 9260 section 6.2: its window is its share while the others hold everything, and half of that is news. */
    @Test
    void aWindowThatOpensUpToItsShareIsTold() {
        pair.z.core.poll(pair.z, 1000, pair.now);
        assertThat(send(second, 7900)).isEqualTo(SendStatus.ACCEPTED);
        exchange();
        for (int i = 0; i < 8; i++) {
            assertThat(send(first, 7900)).isEqualTo(SendStatus.ACCEPTED);
            exchange();
        }
        assertThat(pair.z.core.heldOctets()).isGreaterThan(MOST);
        assertThat(send(second, 1000)).isEqualTo(SendStatus.ACCEPTED);
        exchange();
        assertThat(pair.z.core.poll(pair.z, 1, pair.now)).isOne();
        pair.z.core.flush(pair.now);
        assertThat(pair.z.out).hasSize(1);
    }
}
