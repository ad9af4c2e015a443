// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.T3;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SendStatus;

/** The purposes for which no packet script exists: they need limits, randomness or sizes that sockets do not show. */
class UnscriptedTest {
    private static final int PIECE = 1000;

    @Test
    @DisplayName("SCTP_AS_I_1_4: INIT takes nothing from the endpoint: with room for one association, many INITs "
        + "leave it free")
    void sctp_as_i_1_4() {
        final Association a = new Association("maxAssociations", 1);
        for (int i = 1; i <= 1000; i++) {
            a.testerTag = i;
            a.putFrom(T3, a.init());
            a.expect(Chunk.INIT_ACK);
        }
        a.accept().isClosedGracefully();
    }

    @Test
    @DisplayName("SCTP_AS_V_1_5_1: every INIT has a random initiate tag")
    void sctp_as_v_1_5_1() {
        final Association a = new Association();
        final Set<Integer> tags = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            final int id = a.call();
            tags.add(a.expect(Chunk.INIT).first().initiateTag());
            a.endpoint.abort(id, a.now);
            a.expectNothing();
        }
        areRandom(tags);
    }

    @Test
    @DisplayName("SCTP_AS_V_1_5_2: every INIT ACK has a random initiate tag")
    void sctp_as_v_1_5_2() {
        final Association a = new Association();
        final Set<Integer> tags = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            a.put(a.init());
            tags.add(a.expect(Chunk.INIT_ACK).first().initiateTag());
        }
        areRandom(tags);
    }

    /** All different, and each bit is set in some: by chance the former fails once in a million runs. */
    private static void areRandom(final Set<Integer> tags) {
        assertThat(tags).hasSize(100).doesNotContain(0);
        assertThat(tags.stream().reduce(0, (x, y) -> x | y)).isEqualTo(-1);
        assertThat(tags.stream().reduce(-1, (x, y) -> x & y)).isZero();
    }

    @Test
    @DisplayName("SCTP_D_V_8_13: a user message of the longest permitted size is received and delivered whole")
    void sctp_d_v_8_13() {
        final Association a = opened("maxMessageOctets", 64 * PIECE);
        fragments(a, 63);
        a.put(Chunk.data(Chunk.E, a.testerTsn + 63, 0, 0, Tester.text(PIECE)));
        a.advance(a.config.sackDelayNs());
        final List<Chunk> sacks = a.chunksNow();
        assertThat(sacks.get(sacks.size() - 1).tsn()).isEqualTo(TESTER_TSN + 63);
        assertThat(a.messages).hasSize(1);
        assertThat(a.messages.get(0).data()).hasSize(64 * PIECE);
    }

    private static void fragments(final Association a, final int count) {
        for (int i = 0; i < count; i++) {
            a.put(Chunk.data(i == 0 ? Chunk.B : 0, a.testerTsn + i, 0, 0, Tester.text(PIECE)));
        }
        assertThat(a.chunksNow()).extracting(Chunk::type).containsOnly(Chunk.SACK);
        assertThat(a.messages).isEmpty();
    }

    @Test
    @DisplayName("SCTP_D_V_8_14: a user message of the longest permitted size is sent whole, and a longer one is "
        + "refused")
    void sctp_d_v_8_14() {
        final Association a = opened("maxMessageOctets", 64 * PIECE);
        assertThat(a.send(0, 64 * PIECE + 1)).isEqualTo(SendStatus.INVALID);
        assertThat(a.send(0, 64 * PIECE)).isEqualTo(SendStatus.ACCEPTED);
        final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (List<Chunk> next = a.chunksNow(); !next.isEmpty(); next = a.chunksNow()) {
            next.forEach(c -> whole.writeBytes(c.userData()));
            a.put(a.sackUpTo(next.get(next.size() - 1).tsn()));
        }
        assertThat(whole.toByteArray()).isEqualTo(Tester.text(64 * PIECE));
    }

    @Test
    @DisplayName("SCTP_D_V_8_15: a user message longer than permitted ends the association with ABORT before it "
        + "fills the memory")
    void sctp_d_v_8_15() {
        final Association a = opened("maxMessageOctets", 64 * PIECE);
        fragments(a, 64);
        a.put(Chunk.data(Chunk.E, a.testerTsn + 64, 0, 0, Tester.text(1)));
        final List<Chunk> chunks = a.chunksNow();
        assertThat(chunks.get(chunks.size() - 1).type()).isEqualTo(Chunk.ABORT);
        assertThat(a.messages).isEmpty();
        a.isDown(DownCause.PROTOCOL_VIOLATION);
    }
}
