// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.WINDOW;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.MS;
import static org.poolswitch.sctp.conformance.Tester.SECOND;
import static org.poolswitch.sctp.conformance.Tester.T1;
import static org.poolswitch.sctp.conformance.Tester.T2;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;

/** Data (D): how user messages travel, whole and in fragments, lost and acknowledged. */
class DataTest {
    @Test
    @DisplayName("SCTP_D_V_8_1: a user message that fits the path MTU is sent in one DATA chunk")
    void sctp_d_v_8_1() {
        final Association a = opened();
        final int most = a.config.pathMtu() - 12 - 16;
        for (int i = 0; i < 2; i++) {
            a.send(0, most);
            final Chunk data = a.expect(Chunk.DATA).first();
            assertThat(data.flags() & 7).isEqualTo(Chunk.BE);
            assertThat(data.tsn()).isEqualTo(a.endpointTsn + i);
            assertThat(data.stream()).isZero();
            assertThat(data.ssn()).isEqualTo(i);
            assertThat(data.i32(8)).as("payload protocol identifier").isEqualTo(7);
            assertThat(data.userData()).isEqualTo(Tester.text(most));
            a.put(a.sackUpTo(data.tsn()));
        }
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_D_V_8_2: a longer user message is sent in fragments with successive TSNs and one stream "
        + "sequence number")
    void sctp_d_v_8_2() {
        final Association a = opened();
        a.send(3, 3 * a.config.pathMtu());
        final List<Chunk> fragments = a.chunksNow();
        final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int i = 0; i < fragments.size(); i++) {
            final Chunk data = fragments.get(i);
            assertThat(data.type()).isEqualTo(Chunk.DATA);
            assertThat(data.flags() & 7).isEqualTo(i == 0 ? Chunk.B : i == fragments.size() - 1 ? Chunk.E : 0);
            assertThat(data.tsn()).isEqualTo(a.endpointTsn + i);
            assertThat(data.stream()).isEqualTo(3);
            assertThat(data.ssn()).isZero();
            assertThat(data.i32(8)).as("payload protocol identifier").isEqualTo(7);
            if (i < fragments.size() - 1) {
                assertThat(data.userData()).hasSize(a.config.pathMtu() - 12 - 16);
            }
            whole.writeBytes(data.userData());
        }
        assertThat(whole.toByteArray()).isEqualTo(Tester.text(3 * a.config.pathMtu()));
        a.put(a.sackUpTo(a.endpointTsn + fragments.size() - 1));
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_D_V_8_3: a user message in three fragments is acknowledged and delivered whole")
    void sctp_d_v_8_3() {
        final Association a = opened();
        final byte[] whole = Tester.text(300);
        a.put(Chunk.data(Chunk.B, a.testerTsn++, 0, 0, Arrays.copyOfRange(whole, 0, 100)));
        assertThat(a.expect(Chunk.SACK).first().tsn()).isEqualTo(TESTER_TSN);
        a.put(Chunk.data(0, a.testerTsn++, 0, 0, Arrays.copyOfRange(whole, 100, 200)));
        a.expectNothing();
        assertThat(a.messages).isEmpty();
        a.put(Chunk.data(Chunk.E, a.testerTsn++, 0, 0, Arrays.copyOfRange(whole, 200, 300)));
        // the second packet since the last SACK
        final Chunk sack = a.expect(Chunk.SACK).first();
        assertThat(sack.tsn()).isEqualTo(TESTER_TSN + 2);
        assertThat(sack.gaps()).isEmpty();
        assertThat(a.messages).hasSize(1);
        assertThat(a.messages.get(0).data()).isEqualTo(whole);
        a.closesGracefully();
    }

    @Test
    @DisplayName("SCTP_D_V_8_4: a SACK for all outstanding data stops T3-rtx, and the next data has its full RTO")
    void sctp_d_v_8_4() {
        final Association a = opened().withOutstandingData();
        a.put(a.sackUpTo(a.endpointTsn));
        a.expectNothing(20 * SECOND + 900 * MS);
        a.send(0, 1000);
        final Packet first = a.expect(Chunk.DATA);
        final Packet again = a.await(2 * SECOND, Chunk.DATA);
        assertThat(again.first().tsn()).isEqualTo(a.endpointTsn + 1);
        assertThat(again.atNs() - first.atNs()).isEqualTo(a.config.rtoMinNs());
    }

    @Test
    @DisplayName("SCTP_D_I_8_5: user data is repeated when T3-rtx expires")
    void sctp_d_i_8_5() {
        final Association a = opened().withOutstandingData();
        final long sent = a.now;
        final Packet again = a.await(2 * SECOND, Chunk.DATA);
        assertThat(again.atNs() - sent).isEqualTo(a.config.rtoInitialNs());
        assertThat(again.first().tsn()).isEqualTo(a.endpointTsn);
        assertThat(again.first().userData()).isEqualTo(Tester.text(1000));
    }

    @Test
    @DisplayName("SCTP_D_O_8_6: duplicate DATA is answered at once with a SACK that lists its TSN as often as it came "
        + "again, and is not delivered again")
    void sctp_d_o_8_6() {
        final Association a = opened();
        a.put(a.nextData());
        final Chunk second = a.nextData();
        a.put(second);
        a.advance(a.config.sackDelayNs());
        a.chunksNow();
        a.put(second);
        final Chunk sack = a.expect(Chunk.SACK).first();
        assertThat(sack.tsn()).isEqualTo(TESTER_TSN + 1);
        assertThat(sack.gaps()).isEmpty();
        assertThat(sack.duplicates()).containsExactly(TESTER_TSN + 1);
        a.put(a.nextData());
        final Chunk next = a.await(a.config.sackDelayNs(), Chunk.SACK).first();
        assertThat(next.tsn()).isEqualTo(TESTER_TSN + 2);
        assertThat(next.duplicates()).isEmpty();
        assertThat(a.messages).hasSize(3);
        // three times the same in one packet
        final Chunk thrice = Chunk.data(Chunk.BE, a.testerTsn++, 1, 0, Tester.text(100));
        a.put(thrice, thrice, thrice);
        final Chunk twice = a.expect(Chunk.SACK).first();
        assertThat(twice.tsn()).isEqualTo(TESTER_TSN + 3);
        assertThat(twice.duplicates()).containsExactly(TESTER_TSN + 3, TESTER_TSN + 3);
        assertThat(a.messages).hasSize(4);
        // nor is one delivered again that no sequence number tells from others
        final Chunk unordered = Chunk.data(Chunk.U | Chunk.BE, a.testerTsn++, 0, 0, Tester.text(100));
        a.put(unordered);
        a.put(unordered);
        assertThat(a.expect(Chunk.SACK).first().duplicates()).containsExactly(TESTER_TSN + 4);
        assertThat(a.messages).hasSize(5);
    }

    @Test
    @DisplayName("SCTP_D_V_8_9: what is marked for retransmission is sent before new data")
    void sctp_d_v_8_9() {
        final Association a = opened(Association.TIMERS_ONLY);
        final int size = a.config.pathMtu() - 28;
        for (int i = 0; i < 8; i++) {
            a.send(0, size);
        }
        final int sent = a.chunksNow().size();
        assertThat(sent).as("limited by the initial cwnd").isBetween(2, 4);
        // T3-rtx expires: one packet, and then as many more as SACKs let out
        final List<Integer> order = new ArrayList<>();
        a.advance(a.config.rtoInitialNs());
        for (int i = 0; i < 8; i++) {
            a.chunksNow().forEach(c -> order.add(c.tsn() - a.endpointTsn));
            a.put(a.sackUpTo(a.endpointTsn + i));
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        a.expectNothing(10 * SECOND);
    }

    @Test
    @DisplayName("SCTP_D_V_8_10: a SACK from another address of the peer counts")
    void sctp_d_v_8_10() {
        final Association a = new Association().connect().answerInit(Tlv.address(T1), Tlv.address(T2)).answerCookie();
        a.advance(10 * SECOND);
        a.send(0, 1000);
        final Packet data = a.expect(Chunk.DATA);
        a.putFrom(data.to().equals(T1) ? T2 : T1, a.sackUpTo(a.endpointTsn));
        a.expectNothing(10 * SECOND);
        a.send(0, 1000);
        assertThat(a.expect(Chunk.DATA).first().tsn()).isEqualTo(a.endpointTsn + 1);
    }

    @Test
    @DisplayName("SCTP_D_I_8_11: DATA without user data ends the association with ABORT No User Data that names its "
        + "TSN")
    void sctp_d_i_8_11() {
        final Association a = opened();
        a.put(Chunk.data(Chunk.BE, TESTER_TSN, 0, 0, new byte[0]));
        final Chunk abort = a.expect(Chunk.ABORT).first();
        assertThat(abort.flags()).isZero();
        assertThat(abort.causeCodes()).containsExactly(Tlv.CAUSE_NO_USER_DATA);
        assertThat(abort.causes().get(0).i32()).isEqualTo(TESTER_TSN);
        a.isDown(DownCause.PROTOCOL_VIOLATION);
    }

    @Test
    @DisplayName("SCTP_D_O_8_12: a SACK whose cumulative TSN is older than the last one is dropped, its gap blocks "
        + "too")
    void sctp_d_o_8_12() {
        final Association a = opened().withOutstandingData();
        a.put(a.sackUpTo(a.endpointTsn));
        a.send(0, 1000);
        final Packet second = a.expect(Chunk.DATA);
        a.put(Chunk.sack(a.endpointTsn - 1, WINDOW, 2, 2));
        final Packet again = a.await(2 * SECOND, Chunk.DATA);
        assertThat(again.first().tsn()).isEqualTo(a.endpointTsn + 1);
        assertThat(again.atNs() - second.atNs()).isEqualTo(a.config.rtoInitialNs());
        a.put(a.sackUpTo(a.endpointTsn + 1));
        a.expectNothing(10 * SECOND);
    }
}
