// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.isup.PartyNumber;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.m3ua.M3uaError;
import org.poolswitch.m3ua.M3uaException;
import org.poolswitch.observe.CapturedPacket;
import org.poolswitch.observe.PcapReader;
import org.poolswitch.observe.SctpData;
import org.poolswitch.observe.SctpDataExtractor;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;

/** The captured call that comes with the program: read, understood, written again, mutated. */
class CapturedCallTest {
    private static List<CapturedPacket> packets() throws Exception {
        try (InputStream in = CapturedCallTest.class.getResourceAsStream("/org/poolswitch/sg/isup-call.pcap")) {
            return PcapReader.read(in.readAllBytes());
        }
    }

    private static List<SctpData> messages() throws Exception {
        return SctpDataExtractor.extract(packets(), SctpAddress.DEFAULT_ENCAPSULATION_PORT);
    }

    @Test
    void theScriptHasOneCallWithItsTimes() throws Exception {
        final List<ReplayCall> calls = ReplayScript.of(packets());
        assertThat(calls).hasSize(1);
        final ReplayCall call = calls.get(0);
        assertThat(call.opc()).isEqualTo(1024);
        assertThat(call.dpc()).isEqualTo(2057);
        assertThat(call.cic()).isEqualTo(169);
        assertThat(call.steps()).extracting(ReplayCall.Step::type).containsExactly(IsupType.IAM, IsupType.ACM,
            IsupType.CPG,
            IsupType.CPG, IsupType.REL, IsupType.RLC);
        assertThat(call.steps().get(4).atNs() / 1_000_000).isEqualTo(14_200);
        assertThat(call.expected()).containsExactly(IsupType.ACM, IsupType.CPG, IsupType.RLC);
    }

    @Test
    void aForwardMessageWaitsForWhatCameBeforeItAndTheOrderIsJudged() throws Exception {
        final ReplayCall call = ReplayScript.of(packets()).get(0);
        assertThat(call.nextForward().type()).isEqualTo(IsupType.IAM);
        call.playedNext();
        assertThat(call.nextForward()).isNull();
        call.onBackward(IsupType.CPG);
        call.onBackward(IsupType.ACM);
        assertThat(call.nextForward()).as("CPG before ACM does not count").isNull();
        call.onBackward(IsupType.CPG);
        assertThat(call.nextForward().type()).isEqualTo(IsupType.REL);
        call.playedNext();
        call.onBackward(IsupType.RLC);
        assertThat(call.isGood()).isFalse();
        call.onEnd(1);
        assertThat(call.isGood()).isTrue();
    }

    @Test
    void theIamSaysWhoCallsWhom() throws Exception {
        final byte[] m3ua = messages().get(0).payload();
        final M3uaData data = M3uaData.decode(m3ua, 0, m3ua.length);
        final IsupMessage iam = IsupMessage.decode(data.userData(), 0, data.userData().length);
        assertThat(PartyNumber.digits(iam.variable().get(0))).isEqualTo("12025550143");
        assertThat(PartyNumber.digits(iam.parameter(PartyNumber.CALLING))).isEqualTo("12025550177");
    }

    @Test
    void everyMessageIsWrittenAsItWasRead() throws Exception {
        for (final SctpData message : messages()) {
            final M3uaData data = M3uaData.decode(message.payload(), 0, message.payload().length);
            final IsupMessage isup = IsupMessage.decode(data.userData(), 0, data.userData().length);
            final byte[] again = new byte[IsupMessage.LONGEST];
            final int length = isup.encode(again, 0);
            final IsupMessage twice = IsupMessage.decode(again, 0, length);
            assertThat(twice).usingRecursiveComparison().isEqualTo(isup);
            final byte[] m3ua = new byte[512];
            final int octets = new M3uaData(data.opc(), data.dpc(), data.si(), data.ni(), data.mp(), data.sls(),
                data.userData()).encode(m3ua, 0);
            assertThat(M3uaData.decode(m3ua, 0, octets)).usingRecursiveComparison().isEqualTo(data);
        }
    }

    @Test
    void mutationsAreRefusedWithAReasonOrUnderstood() throws Exception {
        final SplittableRandom random = new SplittableRandom(42);
        final List<SctpData> messages = messages();
        int refused = 0;
        for (int i = 0; i < 60_000; i++) {
            final byte[] b = messages.get(random.nextInt(messages.size())).payload().clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                b[random.nextInt(b.length)] = (byte) random.nextInt();
            }
            refused += decode(b, random.nextInt(4) == 0 ? random.nextInt(b.length + 1) : b.length) ? 0 : 1;
        }
        assertThat(refused).isBetween(1_000, 59_000);
    }

    private static boolean decode(final byte[] b, final int length) {
        try {
            final M3uaData data = M3uaData.decode(b, 0, length);
            final IsupMessage isup = IsupMessage.decode(data.userData(), 0, data.userData().length);
            if (isup.type() == IsupType.REL) {
                CauseIndicators.value(isup.variable().get(0));
            } else if (isup.type() == IsupType.IAM) {
                PartyNumber.digits(isup.variable().get(0));
            }
            final byte[] again = new byte[IsupMessage.LONGEST];
            isup.encode(again, 0);
            return true;
        } catch (final MalformedException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return false;
        }
    }

    @Test
    void m3uaErrorsNameTheirReasonAndAreNeverAnsweredThemselves() {
        final byte[] b = {2, 0, 1, 1, 0, 0, 0, 8};
        assertThatThrownBy(() -> M3uaData.decode(b, 0, b.length)).isInstanceOfSatisfying(M3uaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(1));
        final byte[] error = new byte[100];
        final int length = M3uaError.encode(1, b, 0, b.length, error, 0);
        assertThat(length).isEqualTo(28);
        assertThat(M3uaError.isError(error, 0, length)).isTrue();
        assertThat(M3uaError.isError(b, 0, b.length)).isFalse();
    }

    @Test
    void builtMessagesAreReadBack() throws Exception {
        final byte[] b = new byte[IsupMessage.LONGEST];
        for (final String called : new String[] {"1", "12", "12025550143", "12345678901234567890"}) {
            final int length = IsupMessages.iam(4095, called, "1202").encode(b, 0);
            final IsupMessage iam = IsupMessage.decode(b, 0, length);
            assertThat(iam.cic()).isEqualTo(4095);
            assertThat(PartyNumber.digits(iam.variable().get(0))).isEqualTo(called);
            assertThat(PartyNumber.digits(iam.parameter(PartyNumber.CALLING))).isEqualTo("1202");
        }
    }
}
