// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One chunk, made by hand or received (RFC 9260 section 3.3); the value is what follows its length. */
record Chunk(int type, int flags, byte[] value) {
    static final int DATA = 0;
    static final int INIT = 1;
    static final int INIT_ACK = 2;
    static final int SACK = 3;
    static final int HEARTBEAT = 4;
    static final int HEARTBEAT_ACK = 5;
    static final int ABORT = 6;
    static final int SHUTDOWN = 7;
    static final int SHUTDOWN_ACK = 8;
    static final int ERROR = 9;
    static final int COOKIE_ECHO = 10;
    static final int COOKIE_ACK = 11;
    static final int SHUTDOWN_COMPLETE = 14;

    /** E, B and U of DATA; T of ABORT and SHUTDOWN COMPLETE. */
    static final int E = 1;
    static final int B = 2;
    static final int BE = 3;
    static final int U = 4;
    static final int T = 1;

    static Chunk of(final int type, final int... octets) {
        return new Chunk(type, 0, Tlv.of(0, octets).value());
    }

    static Chunk init(final int tag, final int window, final int out, final int in, final int tsn,
        final Tlv... parameters) {
        return new Chunk(INIT, 0, initValue(tag, window, out, in, tsn, parameters));
    }

    static Chunk initAck(final int tag, final int window, final int out, final int in, final int tsn,
        final Tlv... parameters) {
        return new Chunk(INIT_ACK, 0, initValue(tag, window, out, in, tsn, parameters));
    }

    private static byte[] initValue(final int tag, final int window, final int out, final int in, final int tsn,
        final Tlv... parameters) {
        final byte[] variable = Tlv.concat(parameters);
        return ByteBuffer.allocate(16 + variable.length).putInt(tag).putInt(window).putShort((short) out)
            .putShort((short) in).putInt(tsn).put(variable).array();
    }

    static Chunk cookieEcho(final byte[] cookie) {
        return new Chunk(COOKIE_ECHO, 0, cookie);
    }

    static Chunk data(final int flags, final int tsn, final int stream, final int ssn, final byte[] user) {
        return new Chunk(DATA, flags, ByteBuffer.allocate(12 + user.length).putInt(tsn).putShort((short) stream)
            .putShort((short) ssn).putInt(7).put(user).array());
    }

    /** @param gaps start and end of each gap ack block, relative to the cumulative TSN */
    static Chunk sack(final int cumulative, final int window, final int... gaps) {
        final ByteBuffer value = ByteBuffer.allocate(12 + 2 * gaps.length).putInt(cumulative).putInt(window)
            .putShort((short) (gaps.length / 2)).putShort((short) 0);
        for (final int gap : gaps) {
            value.putShort((short) gap);
        }
        return new Chunk(SACK, 0, value.array());
    }

    static Chunk heartbeat(final byte[] info) {
        return new Chunk(HEARTBEAT, 0, new Tlv(Tlv.HEARTBEAT_INFO, info).bytes());
    }

    static Chunk shutdown(final int cumulative) {
        return new Chunk(SHUTDOWN, 0, ByteBuffer.allocate(4).putInt(cumulative).array());
    }

    static Chunk error(final Tlv... causes) {
        return new Chunk(ERROR, 0, Tlv.concat(causes));
    }

    /** What holds for every chunk that an endpoint sends: reserved flags are 0, and its length is what is in it. */
    void check() {
        final int known = type == DATA ? 0xf : type == ABORT || type == SHUTDOWN_COMPLETE ? T : 0;
        assertThat(flags & ~known).as("reserved flags of chunk type %d", type).isZero();
        switch (type) {
            case SHUTDOWN_ACK, COOKIE_ACK, SHUTDOWN_COMPLETE -> assertThat(value).isEmpty();
            case SHUTDOWN -> assertThat(value).hasSize(4);
            case SACK -> assertThat(value).hasSize(12 + 4 * u16(8) + 4 * u16(10));
            case INIT, INIT_ACK -> parameters();
            case ABORT, ERROR -> causes();
            default -> { }
        }
    }

    int i32(final int at) {
        return ByteBuffer.wrap(value).getInt(at);
    }

    int u16(final int at) {
        return ByteBuffer.wrap(value).getShort(at) & 0xffff;
    }

    // ---- INIT and INIT ACK ----

    int initiateTag() {
        return i32(0);
    }

    int outStreams() {
        return u16(8);
    }

    int inStreams() {
        return u16(10);
    }

    int initialTsn() {
        return i32(12);
    }

    List<Tlv> parameters() {
        return Tlv.list(value, 16);
    }

    byte[] cookie() {
        return parameters().stream().filter(p -> p.type() == Tlv.STATE_COOKIE).findFirst().orElseThrow().value();
    }

    // ---- ABORT and ERROR ----

    List<Tlv> causes() {
        return Tlv.list(value, 0);
    }

    List<Integer> causeCodes() {
        return causes().stream().map(Tlv::type).toList();
    }

    // ---- DATA, SACK, SHUTDOWN ----

    /** TSN of DATA, cumulative TSN ack of SACK and SHUTDOWN. */
    int tsn() {
        return i32(0);
    }

    int stream() {
        return u16(4);
    }

    int ssn() {
        return u16(6);
    }

    byte[] userData() {
        return Arrays.copyOfRange(value, 12, value.length);
    }

    /** Start and end of each gap ack block, relative to the cumulative TSN. */
    List<Integer> gaps() {
        final List<Integer> gaps = new ArrayList<>();
        for (int i = 0; i < 2 * u16(8); i++) {
            gaps.add(u16(12 + 2 * i));
        }
        return gaps;
    }

    List<Integer> duplicates() {
        final List<Integer> duplicates = new ArrayList<>();
        for (int i = 0; i < u16(10); i++) {
            duplicates.add(i32(12 + 4 * u16(8) + 4 * i));
        }
        return duplicates;
    }
}
