// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.conformance.Association.opened;

import java.util.Arrays;
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

    private static void handles(final int type, final boolean reported, final boolean skipped) {
        final Association a = opened();
        final Chunk data = a.nextData();
        a.put(Chunk.of(type, 1), data);
        a.advance(a.config.sackDelayNs());
        final List<Chunk> answers = a.chunksNow();
        assertThat(answers.stream().filter(c -> c.type() == Chunk.SACK).count()).isEqualTo(skipped ? 1 : 0);
        final List<Chunk> errors = answers.stream().filter(c -> c.type() == Chunk.ERROR).toList();
        assertThat(errors).hasSize(reported ? 1 : 0);
        for (final Chunk error : errors) {
            assertThat(error.causeCodes()).containsExactly(Tlv.CAUSE_UNRECOGNIZED_CHUNK);
            final byte[] unknown = error.causes().get(0).value();
            // the cause may count the padding of the chunk in it, or not
            assertThat(Arrays.copyOf(unknown, 5)).containsExactly(type, 0, 0, 5, 1);
            assertThat(unknown.length).isIn(5, 8);
        }
        assertThat(a.messages).hasSize(skipped ? 1 : 0);
        if (!skipped) {
            a.testerTsn--;
        }
        a.closesGracefully();
    }
}
