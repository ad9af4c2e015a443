// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.SendStatus;

/** A RE-CONFIG chunk with two requests (RFC 6525 sections 3.1 and 5.2.1). */
class ReconfigurationTest {
    private static final int RE_CONFIG = 130;
    private static final int OUTGOING_RESET = 13;
    private static final int INCOMING_RESET = 14;
    private static final int RESPONSE = 16;
    private static final int ADD_OUTGOING = 17;
    private static final int ADD_INCOMING = 18;
    private static final int PERFORMED = 1;
    private static final int DENIED = 2;
    private static final int BAD_SEQUENCE_NUMBER = 5;
    private static final int IN_PROGRESS = 6;

    private final Association a =
        new Association().connect().answerInit(new Tlv(0x8008, new byte[] {(byte) RE_CONFIG})).answerCookie();

    private static Tlv words(final int type, final int... words) {
        final ByteBuffer value = ByteBuffer.allocate(4 * words.length);
        for (final int word : words) {
            value.putInt(word);
        }
        return new Tlv(type, value.array());
    }

    private static Chunk chunk(final Tlv... requests) {
        return new Chunk(RE_CONFIG, 0, Tlv.concat(requests));
    }

    /** Of each response the request's number, from the tester's first on, and the result. */
    private static List<List<Integer>> results(final Chunk chunk) {
        return Tlv.list(chunk.value(), 0).stream().map(response -> {
            assertThat(response.type()).isEqualTo(RESPONSE);
            final ByteBuffer b = ByteBuffer.wrap(response.value());
            return List.of(b.getInt() - Association.TESTER_TSN, b.getInt());
        }).toList();
    }

    @Test
    void bothRequestsAreAnsweredAndTheSameAgainIfTheAnswerWasLost() {
        final int first = Association.TESTER_TSN;
        final Chunk both = chunk(words(ADD_OUTGOING, first, 2 << 16), words(ADD_INCOMING, first + 1, 2 << 16));
        for (int i = 0; i < 3; i++) {
            a.put(both);
            assertThat(results(a.expect(RE_CONFIG).first())).containsExactly(List.of(0, PERFORMED),
                List.of(1, DENIED));
        }
        a.put(chunk(words(ADD_OUTGOING, first + 2, 2 << 16)));
        assertThat(results(a.expect(RE_CONFIG).first())).containsExactly(List.of(2, PERFORMED));
        a.put(chunk(words(ADD_OUTGOING, first, 2 << 16)));
        assertThat(results(a.expect(RE_CONFIG).first())).containsExactly(List.of(0, BAD_SEQUENCE_NUMBER));
        a.isUp();
    }

    /** Both sides ask at once, and the peer's answer is read before ours has gone (section 5.2.1). */
    @Test
    void aRequestIsAnsweredAlthoughTheAnswerToOursComesBehindIt() {
        assertThat(a.endpoint.resetStreams(a.association(), new int[] {0}, a.now)).isEqualTo(SendStatus.ACCEPTED);
        a.expect(RE_CONFIG);
        a.put(chunk(words(ADD_OUTGOING, Association.TESTER_TSN, 2 << 16)));
        a.put(chunk(words(RESPONSE, a.endpointTsn, PERFORMED)));
        assertThat(results(a.expect(RE_CONFIG).first())).containsExactly(List.of(0, PERFORMED));
        // and once, however often it is asked before the answer goes
        a.put(chunk(words(ADD_OUTGOING, Association.TESTER_TSN, 2 << 16)));
        a.put(chunk(words(ADD_OUTGOING, Association.TESTER_TSN, 2 << 16)));
        assertThat(results(a.expect(RE_CONFIG).first())).containsExactly(List.of(0, PERFORMED));
        a.isUp();
    }

    @Test
    void theSecondRequestWaitsWithTheFirst() {
        final int first = Association.TESTER_TSN;
        final Chunk both = chunk(words(OUTGOING_RESET, first, a.endpointTsn - 1, a.testerTsn),
            words(INCOMING_RESET, first + 1));
        a.put(both);
        assertThat(results(a.expect(RE_CONFIG).first())).containsExactly(List.of(0, IN_PROGRESS),
            List.of(1, IN_PROGRESS));
        a.put(a.nextData());
        a.expect(Chunk.SACK);
        a.put(both);
        final Packet answer = a.expect(RE_CONFIG, RE_CONFIG);
        assertThat(results(answer.first())).containsExactly(List.of(0, PERFORMED));
        // to the second our own request is the answer (section 5.2.3)
        assertThat(Tlv.list(answer.chunks().get(1).value(), 0).get(0).type()).isEqualTo(OUTGOING_RESET);
        a.isUp();
    }
}
