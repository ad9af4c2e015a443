// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.MalformedException;

/** Octets captured from RSPLIB 3.4.4, the round trip of every message, and what must not pass. */
class EnrpMessagesTest {
    private static final int A = 0x11111111;
    private static final int Z = 0x22222222;
    private static final PoolHandle PING_PONG = PoolHandle.of("PingPongPool");

    private static byte[] hex(final String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] written(final EnrpMessage message) {
        final ParameterWriter out = new ParameterWriter(65_536);
        message.write(out);
        return Arrays.copyOf(out.buffer(), out.finish());
    }

    private static EnrpMessage read(final byte[] octets) throws MalformedException {
        return new EnrpReader().read(ByteBuffer.wrap(octets));
    }

    private static InetAddress ip(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 10, 0, (byte) last});
        } catch (final java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerInformation server(final int id, final int last) {
        return new ServerInformation(id, TransportParameter.sctp(9901, TransportParameter.DATA_ONLY,
            List.of(ip(last))));
    }

    private static PoolElementParameter element(final int id) {
        return new PoolElementParameter(id, A, 90_000,
            TransportParameter.sctp(0x97f0, TransportParameter.DATA_PLUS_CONTROL, List.of(ip(21))).octets(),
            PolicyParameter.of(PolicyType.ROUND_ROBIN).value(),
            TransportParameter.sctp(0x901a, TransportParameter.DATA_ONLY, List.of(ip(21))).octets());
    }

    record Vector(String octets, EnrpMessage message) {
    }

    static Stream<Vector> captured() {
        return Stream.of(
            new Vector("0100002c 11111111 00000000 000f0006 ffff0000 000b0018 11111111 00040010 26ad0000 00010008"
                + "0a0a000b", new Presence(A, 0, false, 0xffff, server(A, 11))),
            new Vector("0101002c 22222222 11111111 000f0006 ffff0000 000b0018 22222222 00040010 26ad0000 00010008"
                + "0a0a000c", new Presence(Z, A, true, 0xffff, server(Z, 12))),
            new Vector("0500000c 11111111 22222222", new ListRequest(A, Z)),
            new Vector("06000024 11111111 22222222 000b0018 22222222 00040010 26ad0000 00010008 0a0a000c",
                new ListResponse(A, Z, false, List.of(server(Z, 12)))),
            new Vector("0200000c 22222222 11111111", new HandleTableRequest(Z, A, false)),
            new Vector("0300000c 11111111 22222222", new HandleTableResponse(A, Z, false, false, List.of())));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void capturedMessagesAreReadAndWrittenOctetByOctet(final Vector vector) throws MalformedException {
        assertThat(written(vector.message())).isEqualTo(hex(vector.octets()));
        final EnrpMessage read = read(hex(vector.octets()));
        assertThat(read).usingRecursiveComparison().isEqualTo(vector.message());
    }

    @Test
    void aCapturedHandleUpdate() throws MalformedException {
        final byte[] octets = hex("04000058 11111111 22222222 00000000 00090010 50696e67 506f6e67 506f6f6c 000a0038"
            + "000000a1 11111111 00015f90 00040010 97f00001 00010008 0a0a0015 00080008 00000001 00040010 901a0000"
            + "00010008 0a0a0015");
        final HandleUpdate update = (HandleUpdate) read(octets);
        assertThat(update.action()).isEqualTo(HandleUpdate.ADD_PE);
        assertThat(update.takeoverSuggested()).isFalse();
        assertThat(update.handle()).isEqualTo(PING_PONG);
        assertThat(update.element().identifier()).isEqualTo(0xa1);
        assertThat(update.element().homeServer()).isEqualTo(A);
        assertThat(update.element().lifeMillis()).isEqualTo(90_000);
        assertThat(TransportParameter.read(update.element().asapTransport()).port()).isEqualTo(0x901a);
        assertThat(written(update)).isEqualTo(octets);
        assertThat(written(new HandleUpdate(A, Z, false, HandleUpdate.ADD_PE, PING_PONG, element(0xa1))))
            .isEqualTo(octets);
    }

    static Stream<EnrpMessage> all() {
        final HandleTableResponse.PoolEntry odd = new HandleTableResponse.PoolEntry(PoolHandle.of("abc"),
            List.of(element(1), element(2)));
        final HandleTableResponse.PoolEntry other = new HandleTableResponse.PoolEntry(PING_PONG,
            List.of(element(3)));
        return Stream.of(new Presence(A, Z, true, Presence.NO_CHECKSUM, null),
            new Presence(A, Z, false, 0x1234, null), new Presence(A, 0, true, 0x1234, server(A, 1)),
            new HandleTableRequest(A, Z, true), new HandleTableResponse(A, Z, true, false, List.of()),
            new HandleTableResponse(A, Z, false, true, List.of(odd, other)),
            new HandleUpdate(A, Z, true, HandleUpdate.DEL_PE, PING_PONG, element(7)),
            new ListRequest(A, Z), new ListResponse(A, Z, true, List.of()),
            new ListResponse(A, Z, false, List.of(server(Z, 2), server(A, 3))), new InitTakeover(A, Z, 77),
            new InitTakeoverAck(A, Z, 77), new TakeoverServer(A, Z, 77),
            new EnrpError(A, Z, OperationError.of(ErrorCause.UNRECOGNIZED_MESSAGE, new byte[] {1, 2, 3})));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyMessageComesBackAsItWentOut(final EnrpMessage message) throws MalformedException {
        final byte[] octets = written(message);
        assertThat(octets.length % 4).isZero();
        final EnrpMessage back = read(octets);
        assertThat(back).usingRecursiveComparison().isEqualTo(message);
        assertThat(written(back)).isEqualTo(octets);
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsCutOrChangedNeverThrowsAnythingElse(final EnrpMessage message) {
        final byte[] octets = written(message);
        final EnrpReader reader = new EnrpReader();
        for (int length = 0; length < octets.length; length++) {
            tryRead(reader, Arrays.copyOf(octets, length));
        }
        final Random random = new Random(octets.length);
        for (int i = 0; i < 20_000; i++) {
            final byte[] mutant = octets.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            tryRead(reader, mutant);
        }
    }

    private static void tryRead(final EnrpReader reader, final byte[] octets) {
        try {
            final EnrpMessage message = reader.read(ByteBuffer.wrap(octets));
            if (message != null) {
                // what could be read can be written
                message.write(new ParameterWriter(70_000));
            }
        } catch (final MalformedException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    @Test
    void unknownParametersAreTreatedByTheirHighBits() throws MalformedException {
        final EnrpReader reader = new EnrpReader();
        // 10: skipped silently; 11: skipped and reported
        final byte[] skipped = hex("01000020 11111111 22222222 80aa0005 99000000 c0bb0004 000f0006 ffff0000");
        assertThat(reader.read(ByteBuffer.wrap(skipped))).isEqualTo(new Presence(A, Z, false, 0xffff, null));
        assertThat(reader.unrecognized()).containsExactly(hex("c0bb0004"));
        // 00: the message is dropped; 01: dropped and reported
        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(hex("01000010 11111111 22222222 00aa0004"))))
            .isInstanceOf(MalformedException.class);
        assertThat(reader.unrecognized()).isEmpty();
        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(hex("01000010 11111111 22222222 40aa0004"))))
            .isInstanceOf(MalformedException.class);
        assertThat(reader.unrecognized()).containsExactly(hex("40aa0004"));
        assertThat(reader.sender()).isEqualTo(A);
    }

    @Test
    void unknownTypesAreNoMessagesButHaveASender() throws MalformedException {
        final EnrpReader reader = new EnrpReader();
        assertThat(reader.read(ByteBuffer.wrap(hex("4b00000c 11111111 22222222")))).isNull();
        assertThat(reader.hasHeader()).isTrue();
        assertThat(reader.type()).isEqualTo(0x4b);
        assertThat(reader.sender()).isEqualTo(A);
    }

    @Test
    void aHandleUpdateMustBeWhole() {
        final String head = "0400001c 11111111 22222222 00020000";
        assertThatThrownBy(() -> read(hex(head + "0009000b 50696e67 506f6e00"))).isInstanceOf(MalformedException.class)
            .hasMessageContaining("HANDLE_UPDATE");
    }
}
