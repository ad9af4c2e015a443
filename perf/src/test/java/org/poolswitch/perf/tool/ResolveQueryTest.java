// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;

/** What is asked and how answers are read; the messages are those that RSPLIB put on a wire. */
class ResolveQueryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String POOL = "00090010 50696e67 506f6e67 506f6f6c";
    private static final String FOUND = "06000044" + POOL + "00080008 00000001 000a0028 000000a1 11111111 00015f90"
        + "00040010 97f00001 00010008 0a0a0015 00080008 00000001";
    private static final String UNKNOWN = "0600001c" + POOL + "000c0008 00090004";

    private final Wire wire = new Wire();
    private int over;
    private ResolveQuery query;

    @BeforeEach
    void start() {
        query = query(1);
    }

    private ResolveQuery query(final int items) {
        final ResolveQuery made = new ResolveQuery(wire, List.of(Wire.REGISTRAR, Wire.SECOND),
            "PingPongPool".getBytes(StandardCharsets.US_ASCII), items, SECOND, () -> over++);
        wire.listener = made;
        made.onStart(0);
        return made;
    }

    @Test
    void asksAsRsplibAsks() {
        wire.up(1);
        assertThat(wire.last()).isEqualTo(("0500001c" + POOL + "803f0008 00000001").replace(" ", ""));
        assertThat(wire.ppid).isEqualTo(11);
    }

    @Test
    void asksPlainlyWithoutANumber() {
        query(0);
        wire.up(1);
        assertThat(wire.last()).isEqualTo(("05000014" + POOL).replace(" ", ""));
    }

    @Test
    void showsWhoIsThere() throws Exception {
        wire.up(1);
        wire.say(FOUND, 2);
        assertThat(query.answered()).isTrue();
        assertThat(query.unknown()).isFalse();
        assertThat(ResolveCommand.table(query, "PingPongPool")).isEqualTo("""
            pool PingPongPool, policy RR, 1 element named by 10.10.0.11:3863
            ELEMENT   HOME      VALUES  LIFE  TRANSPORT
            000000a1  11111111  -       90 s  SCTP 10.10.0.21:38896 with control channel
            """);
        assertThat(ResolveCommand.json(query, "PingPongPool")).isEqualTo("""
            {"registrar":"10.10.0.11:3863","pool":"PingPongPool","policy":"RR","elements":[{"element":"000000a1",\
            "homeRegistrar":"11111111","registrationLifeMillis":90000,"policy":"RR","policyValues":{},\
            "transport":{"protocol":"SCTP","port":38896,"controlChannel":true,"addresses":["10.10.0.21"]}}]}
            """);
    }

    @Test
    void endsInGoodOrderAndOnlyOnce() {
        wire.up(1);
        wire.say(FOUND, 2);
        assertThat(over).isZero();
        assertThat(wire.isEnded()).isTrue();
        wire.down(DownCause.SHUTDOWN, 3);
        query.onDeadline(SECOND);
        assertThat(over).isEqualTo(1);
    }

    @Test
    void theEndWaitsForNobody() {
        wire.up(1);
        wire.say(FOUND, 2);
        query.onDeadline(query.nextDeadlineNs());
        assertThat(over).isEqualTo(1);
    }

    @Test
    void anUnknownPoolIsAnAnswer() {
        wire.up(1);
        wire.say(UNKNOWN, 2);
        assertThat(query.answered()).isTrue();
        assertThat(query.unknown()).isTrue();
    }

    @Test
    void anotherRefusalIsSaid() {
        wire.up(1);
        wire.say("0600001c" + POOL + "000c0008 000a0004", 2);
        assertThat(query.unknown()).isFalse();
        assertThat(query.refusal()).isEqualTo("rejected for security reasons");
    }

    @Test
    void goesToTheNextRegistrar() {
        wire.down(DownCause.CONNECT_FAILED, 1);
        assertThat(wire.connected).containsExactly(Wire.REGISTRAR, Wire.SECOND);
        wire.up(2);
        query.onDeadline(2 + SECOND);
        assertThat(query.answered()).isFalse();
        assertThat(query.troubles()).containsExactly("10.10.0.11:3863 cannot be reached: nobody answers there",
            "10.10.0.12:3863 does not answer");
        assertThat(over).isEqualTo(1);
    }

    @Test
    void rubbishIsNoAnswer() {
        wire.up(1);
        wire.say("06000044" + POOL + "00080008", 2);
        assertThat(wire.connected).hasSize(2);
        wire.up(3);
        wire.say("06000018" + POOL + "00110004", 4);
        assertThat(query.answered()).isFalse();
        assertThat(query.troubles()).hasSize(2).allMatch(t -> t.contains("sent what cannot be read"));
    }
}
