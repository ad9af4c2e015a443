// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.call.OrdinaryCalls;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.IsupType;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.megaco.CommandReply;
import org.poolswitch.megaco.MegacoDecoder;
import org.poolswitch.megaco.MegacoEncoder;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.Mid;
import org.poolswitch.megaco.TextStyle;
import org.poolswitch.megaco.TransactionReply;
import org.poolswitch.megaco.TransactionRequest;
import org.poolswitch.ras.AdmissionConfirm;
import org.poolswitch.ras.AdmissionReject;
import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.RasMessage;
import org.poolswitch.ras.TransportAddress;

/** A gatekeeper's admission that is lost ends no call: the pool is there so that calls outlive their gatekeepers. */
class AdmissionLossTest {
    private static final int CIC = 7;
    private final FakeElement element = new FakeElement();
    private final FakePools pools = new FakePools();
    private GwcCore core;

    @BeforeEach
    void makeController() throws Exception {
        core = new GwcCore(GwcConfig.defaults("a key that only tests have".getBytes(StandardCharsets.US_ASCII)),
            new OrdinaryCalls(Map.of()), pools, listener -> element, mid(2944), new SplittableRandom(1),
            GwcObserver.NONE);
    }

    private static Mid mid(final int port) throws Exception {
        return Mid.of(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), port);
    }

    private void callerSays(final IsupMessage message) {
        final byte[] isup = new byte[IsupMessage.LONGEST];
        final byte[] m3ua = new byte[512];
        final int length = new M3uaData(1, 2, M3ua.SI_ISUP, 2, 0, CIC, Arrays.copyOf(isup, message.encode(isup, 0)))
            .encode(m3ua, 0);
        core.onUserMessage(1, 3, M3ua.PPID, m3ua, 0, length, 0);
    }

    private FakePools.Session gatekeeper() {
        return pools.with("gk");
    }

    private FakePools.Session gateway() {
        return pools.with("mg.tg1");
    }

    private RasMessage asked() throws Exception {
        return RasCodec.decode(gatekeeper().last, 0, gatekeeper().last.length);
    }

    private void gatekeeperSays(final RasMessage message) {
        gatekeeper().say(RasCodec.PPID, RasCodec.encode(message));
    }

    /** The media gateway does what it was told. */
    private void gatewayObeys() throws Exception {
        final byte[] octets = gateway().last;
        final TransactionRequest request = (TransactionRequest) new MegacoDecoder().decode(octets, 0, octets.length)
            .transactions().get(0);
        final TransactionReply reply = TransactionReply.to(request, c -> CommandReply.of(c.verb(), c.termination()));
        final byte[] text = new MegacoEncoder(TextStyle.COMPACT).encode(MegacoMessage.of(mid(2945), reply));
        // the context that the gateway chose
        final byte[] chosen = new String(text, StandardCharsets.US_ASCII).replace("C=$", "C=9")
            .getBytes(StandardCharsets.US_ASCII);
        gateway().say(MegacoMessage.PPID, chosen);
    }

    private void seize() throws Exception {
        callerSays(IsupMessages.iam(CIC, "12025550143", null));
        gatekeeperSays(AdmissionConfirm.of(asked().requestSeqNum(), 1280, new TransportAddress.Ip(
            InetAddress.getByAddress(new byte[] {10, 0, 0, 2}), 1720)));
        gatewayObeys();
        assertThat(element.sent).containsExactly(IsupType.ACM);
    }

    private void hangUpAndClear() throws Exception {
        callerSays(IsupMessages.rel(CIC, CauseIndicators.USER, CauseIndicators.NORMAL_CLEARING));
        gatewayObeys();
        assertThat(element.sent).endsWith(IsupType.RLC);
        assertThat(core.calls()).isZero();
    }

    @Test
    void aCallGoesOnWithoutAnyGatekeeper() throws Exception {
        seize();
        final int commands = gateway().messages;
        gatekeeper().fail();
        assertThat(gateway().messages).as("commands to the media gateway").isEqualTo(commands);
        assertThat(core.calls()).isOne();
        hangUpAndClear();
    }

    @Test
    void aCallThatWasTakenOverGoesOnIfItIsNotAdmittedAgain() throws Exception {
        seize();
        final GwcCore first = core;
        makeController();
        assertThat(first.counters().get(GwcCounter.CALLS)).isOne();
        core.onCookieEcho(1, 3, element.cookie, 0, element.cookie.length, 0);
        gatewayObeys();
        core.onDeadline(core.nextDeadlineNs());
        gatekeeperSays(AdmissionReject.of(asked().requestSeqNum(), AdmissionRejectReason.RESOURCE_UNAVAILABLE));
        assertThat(core.calls()).isOne();
        hangUpAndClear();
    }

    @Test
    void aReleaseWaitsForTheCallersAnswerAlsoIfTheAdmissionIsLost() throws Exception {
        seize();
        core.onDeadline(core.nextDeadlineNs());
        assertThat(element.sent).as("nobody answers").endsWith(IsupType.REL);
        final int commands = gateway().messages;
        gatekeeper().fail();
        assertThat(gateway().messages).as("the SG may not know yet that the call ends").isEqualTo(commands);
        callerSays(IsupMessages.rlc(CIC));
        gatewayObeys();
        assertThat(core.calls()).isZero();
    }
}
