// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.poolswitch.rserpool.Elements.first;
import static org.poolswitch.rserpool.Elements.hex;
import static org.poolswitch.rserpool.Elements.ip;
import static org.poolswitch.rserpool.Elements.written;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.MalformedException;

/** RFC 5354's parameters: what RSPLIB put on a wire, there and back, and broken. */
class ParametersTest {
    /** Pool Element of a REGISTRATION that RSPLIB sent. */
    private static final String IN_ASAP = "000a0028 000000a1 00000000 00015f90 00040010 97f00001 00010008 0a0a0015"
        + "00080008 00000001";
    /** The same in the HANDLE_UPDATE that followed. */
    private static final String IN_ENRP = "000a0038 000000a1 11111111 00015f90 00040010 97f00001 00010008 0a0a0015"
        + "00080008 00000001 00040010 901a0000 00010008 0a0a0015";

    @Test
    void poolElementAsCaptured() throws Exception {
        final PoolElementParameter asap = PoolElementParameter.read(first(hex(IN_ASAP)).value());
        assertThat(asap.identifier()).isEqualTo(0xa1);
        assertThat(asap.lifeMillis()).isEqualTo(90_000);
        assertThat(asap.asapTransport()).isNull();
        assertThat(asap.transportUse()).isEqualTo(TransportParameter.DATA_PLUS_CONTROL);
        assertThat(asap.policyParameter()).isEqualTo(PolicyParameter.of(PolicyType.ROUND_ROBIN));
        assertThat(written(asap::write)).isEqualTo(hex(IN_ASAP));
        final PoolElementParameter enrp = asap.withHome(0x11111111).withAsapTransport(
            TransportParameter.sctp(0x901a, 0, List.of(ip("10.10.0.21"))).octets());
        assertThat(written(enrp::write)).isEqualTo(hex(IN_ENRP));
        assertThat(written(PoolElementParameter.read(first(hex(IN_ENRP)).value())::write)).isEqualTo(hex(IN_ENRP));
    }

    @Test
    void serverInformationAsCaptured() throws Exception {
        final byte[] captured = hex("000b0018 11111111 00040010 26ad0000 00010008 0a0a000b");
        final ServerInformation read = ServerInformation.read(first(captured).value());
        assertThat(read.serverId()).isEqualTo(0x11111111);
        assertThat(read.transport()).isEqualTo(TransportParameter.sctp(9901, 0, List.of(ip("10.10.0.11"))));
        assertThat(written(read::write)).isEqualTo(captured);
    }

    @Test
    void smallOnesAsCaptured() throws Exception {
        final byte[] checksum = hex("000f0006 ffff0000");
        assertThat(PeChecksum.read(first(checksum).value())).isEqualTo(0xffff);
        assertThat(written(out -> PeChecksum.write(out, 0xffff))).isEqualTo(checksum);
        final byte[] option = hex("803f0008 00000001");
        assertThat(HandleResolutionOption.read(first(option))).isEqualTo(1);
        assertThat(written(out -> HandleResolutionOption.write(out, 1))).isEqualTo(option);
        final byte[] identifier = hex("000e0008 000000a1");
        assertThat(PeIdentifier.read(first(identifier))).isEqualTo(0xa1);
        assertThat(written(out -> PeIdentifier.write(out, 0xa1))).isEqualTo(identifier);
        final byte[] cookie = hex("000d0014 3c50502d 5444313e 00000000 00000002");
        assertThat(written(out -> Cookie.write(out, hex("3c50502d5444313e0000000000000002")))).isEqualTo(cookie);
        assertThat(Cookie.read(first(cookie))).hasSize(16);
        final byte[] handle = hex("00090010 50696e67 506f6e67 506f6f6c");
        assertThat(PoolHandle.read(first(handle))).isEqualTo(PoolHandle.of("PingPongPool"));
        assertThat(written(PoolHandle.of("PingPongPool")::write)).isEqualTo(handle);
    }

    private static void thereAndBack(final TransportParameter transport, final String wire) throws Exception {
        assertThat(written(transport::write)).isEqualTo(hex(wire));
        final TransportParameter read = TransportParameter.read(hex(wire));
        assertThat(read).isEqualTo(transport);
        assertThat(written(read::write)).isEqualTo(hex(wire));
    }

    @Test
    void everyTransport() throws Exception {
        thereAndBack(TransportParameter.sctp(2905, 1, List.of(ip("10.0.0.1"), ip("2001:db8::1"), ip("10.1.0.1"))),
            "0004002c 0b590001 00010008 0a000001 00020014 20010db8 00000000 00000000 00000001 00010008 0a010001");
        thereAndBack(TransportParameter.of(ParameterType.TCP_TRANSPORT, 80, ip("10.0.0.1")),
            "00050010 00500000 00010008 0a000001");
        thereAndBack(TransportParameter.of(ParameterType.UDP_TRANSPORT, 53, ip("2001:db8::1")),
            "0006001c 00350000 00020014 20010db8 00000000 00000000 00000001");
        thereAndBack(TransportParameter.of(ParameterType.UDP_LITE_TRANSPORT, 53, ip("10.0.0.1")),
            "00070010 00350000 00010008 0a000001");
        thereAndBack(TransportParameter.dccp(5001, 0x52545041, ip("10.0.0.1")),
            "00030014 13890000 52545041 00010008 0a000001");
        thereAndBack(TransportParameter.opaque(hex("0102030405")), "00100009 01020304 05000000");
    }

    @Test
    void transportsThatAreNone() {
        assertThatThrownBy(() -> TransportParameter.read(hex("00040008 0b590001"))).as("no address")
            .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> TransportParameter.read(hex("00060018 00350000 00010008 0a000001 00010008 0a000002")))
            .as("UDP has one address").isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> TransportParameter.read(hex("00040010 0b590001 00020008 0a000001")))
            .as("an IPv6 address of 4 octets").isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> TransportParameter.read(hex("00080008 00000001"))).isInstanceOf(
            MalformedException.class);
    }

    @Test
    void everyPolicy() throws Exception {
        assertThat(written(PolicyParameter.of(PolicyType.ROUND_ROBIN)::write)).isEqualTo(hex("00080008 00000001"));
        assertThat(written(PolicyParameter.of(PolicyType.WEIGHTED_RANDOM, 7)::write))
            .isEqualTo(hex("0008000c 00000004 00000007"));
        assertThat(written(PolicyParameter.of(PolicyType.LEAST_USED_DEGRADATION, -1, 5)::write))
            .isEqualTo(hex("00080010 40000002 ffffffff 00000005"));
        final PolicyParameter own = new PolicyParameter(hex("80000001 00000001 00000002 00000003"));
        assertThat(own.fields()).isEqualTo(3);
        assertThat(own.field(2)).isEqualTo(3);
        assertThat(own.field(3)).isZero();
        assertThat(own).hasToString("policy 0x80000001 1, 2, 3");
        assertThatThrownBy(() -> new PolicyParameter(hex("00000000"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new PolicyParameter(hex("40000000 00000001"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new PolicyParameter(hex("40000002 00000001"))).as("LUD without degradation")
            .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> PolicyParameter.of(PolicyType.PRIORITY)).hasMessageContaining("has 1 values, not 0");
    }

    @Test
    void errorsKeepTheirCauses() throws Exception {
        final byte[] wire = hex("000c0015 0005000c 00080008 00000001 00010005 aa000000");
        final OperationError error = OperationError.read(first(wire).value());
        assertThat(error.code()).isEqualTo(ErrorCause.INCONSISTENT_POLICY);
        assertThat(error.causes()).hasSize(2);
        assertThat(error.causes().get(1).info()).isEqualTo(hex("aa"));
        assertThat(written(error::write)).isEqualTo(wire);
        for (int code = ErrorCause.UNSPECIFIED; code <= ErrorCause.REJECTED_FOR_SECURITY; code++) {
            assertThat(OperationError.read(first(written(OperationError.of(code)::write)).value()).code())
                .isEqualTo(code);
        }
        assertThatThrownBy(() -> OperationError.read(ByteBuffer.allocate(0))).isInstanceOf(MalformedException.class);
        final OperationError two = OperationError.unrecognizedParameters(List.of(hex("c0010004"), hex("c0020004")));
        assertThat(written(two::write)).isEqualTo(hex("000c0014 00010008 c0010004 00010008 c0020004"));
    }

    @Test
    void aReportQuotesAsManyUnknownParametersAsFit() {
        final int most = OperationError.MOST_QUOTED;
        final byte[] half = new byte[most / 2 - 4];
        assertThat(OperationError.unrecognizedParameters(List.of(half, half, hex("c0010004"))).causes()).hasSize(2);
        // what does not fit makes room for what does
        assertThat(OperationError.unrecognizedParameters(List.of(half, new byte[most / 2 - 3], hex("c0010004")))
            .causes()).extracting(OperationError.Cause::info).containsExactly(half, hex("c0010004"));
        assertThat(OperationError.unrecognizedParameters(List.of(new byte[most - 3]))).isNull();
    }

    /** Unknown parameters inside an element go by their high bits, and those to report come out. */
    @Test
    void unknownInsideAnElement() throws Exception {
        final List<byte[]> report = new ArrayList<>();
        final byte[] wire = hex(IN_ASAP.replace("000a0028", "000a0038") + "c0010006 aabb0000 80010008 00000000");
        final PoolElementParameter read = PoolElementParameter.read(first(wire).value(), report);
        assertThat(written(read::write)).isEqualTo(hex(IN_ASAP));
        assertThat(report).containsExactly(hex("c0010006 aabb"));
        report.clear();
        final byte[] stop = hex(IN_ASAP.replace("000a0028", "000a002c") + "40010004");
        assertThatThrownBy(() -> PoolElementParameter.read(first(stop).value(), report))
            .isInstanceOf(MalformedException.class);
        assertThat(report).containsExactly(hex("40010004"));
    }

    /** Whatever comes, it is read or refused, and what was read can be written. */
    @Test
    void mutations() {
        final SplittableRandom random = new SplittableRandom(5354);
        final byte[][] seeds = {hex(IN_ENRP), hex("000b0018 11111111 00040010 26ad0000 00010008 0a0a000b"),
            hex("000c0015 0005000c 00080008 00000001 00010005 aa000000"), hex("00080010 40000002 ffffffff 00000005"),
            hex("00030014 13890000 52545041 00010008 0a000001")};
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            final byte[] wire = seeds[i % seeds.length].clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                wire[random.nextInt(wire.length)] = (byte) random.nextInt();
            }
            try {
                readAndWrite(ByteBuffer.wrap(wire, 0, wire.length - random.nextInt(8)).slice());
                read++;
            } catch (final MalformedException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isBetween(5_000, 190_000);
    }

    private static void readAndWrite(final ByteBuffer wire) throws MalformedException {
        final ParameterReader in = new ParameterReader(wire);
        final ParameterWriter out = new ParameterWriter(4096).clear();
        while (in.next()) {
            switch (in.type()) {
                case ParameterType.POOL_ELEMENT -> {
                    final PoolElementParameter e = PoolElementParameter.read(in.value());
                    e.write(out);
                    new PolicyParameter(e.policy()).write(out);
                    e.transport().write(out);
                }
                case ParameterType.SERVER_INFORMATION -> ServerInformation.read(in.value()).write(out);
                case ParameterType.OPERATION_ERROR -> OperationError.read(in.value()).write(out);
                case ParameterType.POLICY -> new PolicyParameter(in.bytes()).write(out);
                default -> TransportParameter.read(in).write(out);
            }
        }
    }
}
