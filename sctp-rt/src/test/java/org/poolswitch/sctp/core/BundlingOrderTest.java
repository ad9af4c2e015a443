// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.sctp.wire.ChunkType.DATA;
import static org.poolswitch.sctp.wire.ChunkType.HEARTBEAT;
import static org.poolswitch.sctp.wire.ChunkType.SACK;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.CommonHeader;

/**
 * Control chunks go in front of DATA (RFC 9260 section 6.10). Found by the interop suite: when a HEARTBEAT led a
 * packet, a SACK that was due followed the DATA in it, and usrsctp ended the association for that.
 */
class BundlingOrderTest {
    private final Pair pair = new Pair().connect();

    private static List<Integer> types(final byte[] packet) {
        final List<Integer> types = new ArrayList<>();
        for (int at = CommonHeader.LENGTH; at < packet.length; at += Bytes.padded(Bytes.u16(packet, at + 2))) {
            types.add((int) packet[at]);
        }
        return types;
    }

    /** A packet of Z's with one message, which A takes without answering yet. */
    private void arriveFromZ(final String text) {
        pair.send(pair.z, text);
        pair.z.core.flush(pair.now);
        pair.arrive(pair.a, pair.z.out.poll());
    }

    private List<Integer> flushA() {
        pair.a.core.poll(pair.a, 10, pair.now);
        pair.a.core.flush(pair.now);
        assertThat(pair.a.out).hasSize(1);
        return types(pair.a.out.poll());
    }

    @Test
    void aSackThatIsDueGoesBetweenHeartbeatAndData() {
        arriveFromZ("one");
        arriveFromZ("two");
        pair.a.core.probe(pair.a.association, pair.now);
        pair.send(pair.a, "answer");
        assertThat(flushA()).containsExactly(HEARTBEAT, SACK, DATA);
    }

    @Test
    void aSackThatIsDueGoesInFrontOfData() {
        arriveFromZ("one");
        arriveFromZ("two");
        pair.send(pair.a, "answer");
        pair.send(pair.a, "another");
        assertThat(flushA()).containsExactly(SACK, DATA, DATA);
    }
}
