// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A download of the handlespace from registrars that follow RFC 5353 and from such as RSPLIB's. */
class HandlespaceQueryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String POOL = "00090010 50696e67 506f6e67 506f6f6c";
    private static final String ELEMENT_A1 = "000a0038 000000a1 11111111 00015f90 00040010 97f00001 00010008 0a0a0015"
        + "00080008 00000001 00040010 901a0000 00010008 0a0a0015";
    private static final String ELEMENT_A2 = ELEMENT_A1.replace("000000a1", "000000a2");

    private final Wire wire = new Wire();
    private PoolsReport report;
    private HandlespaceQuery query;
    private int lists;

    @BeforeEach
    void start() {
        query = query(0);
    }

    private HandlespaceQuery query(final long intervalNs) {
        final HandlespaceQuery made = new HandlespaceQuery(wire, List.of(Wire.REGISTRAR), SECOND, intervalNs,
            new SplittableRandom(1), (server, pools, nowNs) -> {
                lists++;
                report = new PoolsReport("10.10.0.11:9901", server, pools);
            }, () -> { });
        wire.listener = made;
        made.onStart(0);
        wire.up(0);
        return made;
    }

    private String id() {
        return wire.sent.get(0).substring(8, 16);
    }

    private void answer(final String typeAndFlags, final String body, final long nowNs) {
        final int length = 12 + body.replace(" ", "").length() / 2;
        wire.say(typeAndFlags + String.format("%04x", length) + "11111111" + id() + body, nowNs);
    }

    @Test
    void asksAsAServerThatNobodyKnows() {
        assertThat(wire.sent).hasSize(1);
        assertThat(wire.last()).matches("0280000c[0-9a-f]{8}00000000").doesNotContain("0280000c00000000");
        assertThat(wire.ppid).isEqualTo(12);
    }

    @Test
    void pagesAreOneList() {
        answer("0302", POOL + ELEMENT_A1 + "bffe0008 000005dc", 1);
        assertThat(wire.sent).hasSize(2).allMatch(m -> m.equals(wire.sent.get(0)));
        assertThat(lists).isZero();
        answer("0300", POOL + ELEMENT_A2, 2);
        assertThat(lists).isEqualTo(1);
        assertThat(query.answered()).isTrue();
        assertThat(report.table()).isEqualTo("""
            registrar 11111111 at 10.10.0.11:9901: 1 pool, 2 elements (* its own)
            POOL          POLICY  ELEMENT   HOME       VALUES  LIFE  AGE    TRANSPORT
            PingPongPool  RR      000000a1  11111111*  -       90 s  1.5 s  SCTP 10.10.0.21:38896 with control \
            channel
            PingPongPool  RR      000000a2  11111111*  -       90 s  -      SCTP 10.10.0.21:38896 with control \
            channel
            """);
    }

    @Test
    void anEmptyHandlespaceIsAListToo() throws Exception {
        answer("0300", "", 1);
        assertThat(query.answered()).isTrue();
        assertThat(report.table()).isEqualTo("registrar 11111111 at 10.10.0.11:9901: 0 pools, 0 elements\n");
        assertThat(report.json()).isEqualTo(
            "{\"registrar\":\"10.10.0.11:9901\",\"server\":\"11111111\",\"pools\":[]}\n");
    }

    @Test
    void saysWhoItIsToARegistrarThatServesOnlyPeers() {
        answer("0301", "", 1);
        assertThat(wire.sent).hasSize(3);
        assertThat(wire.sent.get(1)).isEqualTo(("0100002c" + id() + "11111111 000f0006 ffff0000 000b0018" + id()
            + "00040010 c3500000 00010008 0a0a001f").replace(" ", ""));
        assertThat(wire.sent.get(2)).isEqualTo(wire.sent.get(0));
        answer("0300", POOL + ELEMENT_A1, 2);
        assertThat(query.answered()).isTrue();
    }

    @Test
    void answersAPresenceThatWantsAReply() {
        answer("0101", "000f0006 ffff0000", 1);
        assertThat(wire.last()).startsWith("0100002c");
        answer("0100", "000f0006 ffff0000", 2);
        assertThat(wire.sent).hasSize(2);
    }

    @Test
    void isInNobodysWayWhenAPeerIsTakenOver() {
        answer("0301", "", 1);
        answer("0700", "22222222", 2);
        assertThat(wire.last()).isEqualTo("08000010" + id() + "1111111122222222");
    }

    @Test
    void waitsForOneThatIsNotReadyAndThenGivesUp() {
        answer("0301", "", 1);
        for (int i = 0; i < 2; i++) {
            answer("0301", "", 2);
            query.onDeadline(query.nextDeadlineNs());
        }
        answer("0301", "", 3);
        assertThat(query.answered()).isFalse();
        assertThat(query.troubles()).containsExactly("10.10.0.11:3863 rejects requests for its handlespace");
    }

    @Test
    void watchesUntilItIsStopped() {
        final HandlespaceQuery watching = query(2 * SECOND);
        answer("0300", POOL + ELEMENT_A1, 1);
        assertThat(watching.nextDeadlineNs()).isEqualTo(1 + 2 * SECOND);
        watching.onDeadline(1 + 2 * SECOND);
        answer("0300", POOL + ELEMENT_A1, 3 * SECOND + 1);
        assertThat(lists).isEqualTo(2);
        watching.beginDrain(4 * SECOND);
        assertThat(wire.isEnded()).isTrue();
    }

    @Test
    void aSilentRegistrarIsNoAnswer() {
        query.onDeadline(SECOND);
        assertThat(query.answered()).isFalse();
        assertThat(query.troubles()).containsExactly("10.10.0.11:3863 does not answer");
    }
}
