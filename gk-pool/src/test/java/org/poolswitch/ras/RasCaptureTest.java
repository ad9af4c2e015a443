// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.MalformedException;

/** Real messages mean what tshark says that they mean. */
class RasCaptureTest {
    private static final Guid CALL = guid("004091fb7289f911802a050403020100");
    private static final Guid CONFERENCE = guid("003dfd30000048338000050403020100");
    private final Map<String, byte[]> frames = RasSamples.captured();

    private static Guid guid(final String hex) {
        return Guid.of(HexFormat.of().parseHex(hex), 0);
    }

    private RasMessage decode(final String name) throws MalformedException {
        final byte[] octets = frames.get(name);
        // not at the array's beginning, because alignment counts from the message's first octet
        final byte[] shifted = new byte[octets.length + 7];
        System.arraycopy(octets, 0, shifted, 3, octets.length);
        return RasCodec.decode(shifted, 3, octets.length);
    }

    @Test
    void admissionRequest() throws Exception {
        final AdmissionRequest arq = (AdmissionRequest) decode("arq");
        // this endpoint fills its identifier up with NUL, and so shall we give it back
        final String endpoint = "474a74c8:274" + "\0".repeat(arq.endpointIdentifier().length() - 12);
        assertThat(arq).isEqualTo(new AdmissionRequest(3, CallType.POINT_TO_POINT, null, endpoint, List.of(),
            TransportAddress.of(InetAddress.getByName("17.2.0.122"), 1720), List.of(),
            List.of(new AliasAddress.DialledDigits("5295672")), null, 200_000, 1,
            new NonStandardParameter(new NonStandardParameter.ByVendor(174, 0, 61),
                Octets.of("Aselsan special data".getBytes(java.nio.charset.StandardCharsets.US_ASCII))),
            null, CONFERENCE, false, false, true, CALL, "OpenH323 Gatekeeper on mfottekin", true, false));
    }

    @Test
    void admissionConfirm() throws Exception {
        final AdmissionConfirm acf = (AdmissionConfirm) decode("acf");
        // connect and alerting, the third and fourth of thirteen
        assertThat(acf).isEqualTo(new AdmissionConfirm(3, 2560, CallModel.DIRECT,
            TransportAddress.of(InetAddress.getByName("17.2.0.122"), 1720), 60, null, List.of(), true,
            new UuiesRequested(0b0011_0000_0000_0)));
    }

    @Test
    void disengageRequest() throws Exception {
        assertThat(decode("drq-1")).isEqualTo(new DisengageRequest(4181, "474a74c8:274", CONFERENCE, 1,
            DisengageReason.FORCED_DROP, null, CALL, "OpenH323 Gatekeeper on mfottekin", false));
        assertThat(decode("drq-2")).isEqualTo(new DisengageRequest(4181, "474a74c8:274", CONFERENCE, 1,
            DisengageReason.FORCED_DROP, null, CALL, "OpenH323 Gatekeeper on mfottekin", false));
    }

    @Test
    void infoRequest() throws Exception {
        final InfoRequest irq = (InfoRequest) decode("irq-1");
        assertThat(irq.callReferenceValue()).isEqualTo(1);
        assertThat(decode("irq-2")).isEqualTo(irq);
    }

    @Test
    void othersAreRecognised() throws Exception {
        assertThat(decode("gcf")).isEqualTo(new OtherMessage(RasKind.GATEKEEPER_CONFIRM, 1));
        assertThat(decode("rrq-1").kind()).isEqualTo(RasKind.REGISTRATION_REQUEST);
        assertThat(decode("rrq-1").requestSeqNum()).isEqualTo(decode("rcf-1").requestSeqNum());
        assertThat(decode("rrq-2").requestSeqNum()).isEqualTo(decode("rcf-2").requestSeqNum());
    }

    @Test
    void whatWeEncodeOfThemIsTheSameMessage() throws Exception {
        for (final String name : List.of("arq", "acf", "drq-1", "irq-1")) {
            final RasMessage message = decode(name);
            final byte[] again = RasCodec.encode(message);
            assertThat(RasCodec.decode(again, 0, again.length)).as(name).isEqualTo(message);
        }
    }

    @Test
    void everyPrefixIsMalformed() {
        for (final String name : List.of("arq", "acf", "drq-1")) {
            final byte[] octets = frames.get(name);
            for (int length = 0; length < octets.length; length++) {
                final int cut = length;
                assertThatThrownBy(() -> RasCodec.decode(octets, 0, cut)).as("%s cut to %d", name, cut)
                    .isInstanceOf(MalformedException.class);
            }
        }
    }

    @Test
    void headerOfACutMessageStillTellsItsNumber() {
        final byte[] arq = frames.get("arq");
        assertThat(RasCodec.header(arq, 0, 40)).isEqualTo(new OtherMessage(RasKind.ADMISSION_REQUEST, 3));
        assertThat(RasCodec.header(arq, 0, 2)).isNull();
    }
}
