// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.TESTER_TSN;
import static org.poolswitch.sctp.conformance.Association.opened;
import static org.poolswitch.sctp.conformance.Tester.SECOND;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Miscellaneous (M): unknown chunks in front of DATA. */
class MiscellaneousTest {
    @Test
    @DisplayName("SCTP_M_I_10_1: an unknown chunk with high bits 11 is skipped and reported in ERROR Unrecognized "
        + "Chunk Type")
    void sctp_m_i_10_1() {
        handles(0xef, true, true);
    }

    @Test
    @DisplayName("SCTP_M_I_10_2: an unknown chunk with high bits 00 ends the reading of the packet without a report")
    void sctp_m_i_10_2() {
        handles(0x2f, false, false);
    }

    @Test
    @DisplayName("SCTP_M_I_10_3: an unknown chunk with high bits 01 ends the reading of the packet and is reported "
        + "in ERROR Unrecognized Chunk Type")
    void sctp_m_i_10_3() {
        handles(0x6f, true, false);
    }

    @Test
    @DisplayName("SCTP_M_I_10_4: an unknown chunk with high bits 10 is skipped without a report")
    void sctp_m_i_10_4() {
        handles(0xaf, false, true);
    }

    /** The tester looks at the path MTU of whatever comes. */
    @Test
    void reportsFitTheLeastPathMtu() {
        // octets of the chunk, how many of four are reported, octets of each that are quoted
        for (final int[] of : new int[][] {{5, 4, 5}, {154, 3, 154}, {492, 1, 492}, {493, 1, 492}}) {
            final Association a = opened("pathMtu", 512);
            final Chunk unknown = new Chunk(0xef, 0, Tester.text(of[0] - 4));
            a.put(unknown, unknown, unknown, unknown);
            final List<Tlv> causes = a.expect(Chunk.ERROR).first().causes();
            assertThat(causes).hasSize(of[1]).allMatch(cause -> cause.value().length == of[2]);
            a.closesGracefully();
        }
    }

    private static void handles(final int type, final boolean reported, final boolean skipped) {
        final Association a = opened();
        final Chunk data = a.nextData();
        a.put(Chunk.of(type, 1), data);
        // the report, and the acknowledgement of the first DATA, go at once
        final List<Chunk> answers = a.chunksNow();
        a.expectNothing(SECOND);
        assertThat(answers).extracting(Chunk::type).isSubsetOf(Chunk.SACK, Chunk.ERROR);
        assertThat(answers.stream().filter(c -> c.type() == Chunk.SACK).map(Chunk::tsn))
            .isEqualTo(skipped ? List.of(TESTER_TSN) : List.of());
        final List<Chunk> errors = answers.stream().filter(c -> c.type() == Chunk.ERROR).toList();
        assertThat(errors).hasSize(reported ? 1 : 0);
        for (final Chunk error : errors) {
            assertThat(error.causeCodes()).containsExactly(Tlv.CAUSE_UNRECOGNIZED_CHUNK);
            assertThat(error.causes().get(0).value()).containsExactly(type, 0, 0, 5, 1);
        }
        assertThat(a.messages).hasSize(skipped ? 1 : 0);
        if (!skipped) {
            a.testerTsn--;
        }
        a.closesGracefully();
    }
}
