// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.poolswitch.call.CallMachine;
import org.poolswitch.call.OrdinaryCalls;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
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
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.RasMessage;
import org.poolswitch.ras.TransportAddress;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;

/** A controller between a signaling gateway, a gatekeeper and a media gateway that say what the test wants. */
final class Bench {
    private static final Pattern TRANSACTION = Pattern.compile("T=([0-9]+)");
    final FakeElement element = new FakeElement();
    final FakePools pools = new FakePools();
    GwcCore core;

    Bench(final int maxCalls) {
        restart(maxCalls);
    }

    Bench(final CallMachine machine) {
        restart(10, machine);
    }

    /** Another controller of the same pool. */
    void restart(final int maxCalls) {
        restart(maxCalls, new OrdinaryCalls(Map.of()));
    }

    void restart(final int maxCalls, final CallMachine machine) {
        restart(config -> config.withLimits(maxCalls, config.bandwidth(), config.orphanHoldNs()), machine);
    }

    /** Another controller with other settings. */
    void configure(final UnaryOperator<GwcConfig> change) {
        restart(change, new OrdinaryCalls(Map.of()));
    }

    private void restart(final UnaryOperator<GwcConfig> change, final CallMachine machine) {
        final GwcConfig config = GwcConfig.defaults("a key that only tests have".getBytes(StandardCharsets.US_ASCII));
        core = new GwcCore(change.apply(config), machine, pools, listener -> element,
            SctpAddress.of(host(), 2944, SctpAddress.DEFAULT_ENCAPSULATION_PORT), new SplittableRandom(1),
            GwcObserver.NONE);
    }

    private static InetAddress host() {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
        } catch (final UnknownHostException e) {
            throw new AssertionError("four octets are an address", e);
        }
    }

    private static Mid mid(final int port) {
        return Mid.of(host(), port);
    }

    void callerSays(final IsupMessage message) {
        final byte[] isup = new byte[IsupMessage.LONGEST];
        final byte[] m3ua = new byte[512];
        final int length = new M3uaData(1, 2, M3ua.SI_ISUP, 2, 0, 7, Arrays.copyOf(isup, message.encode(isup, 0)))
            .encode(m3ua, 0);
        core.onUserMessage(1, 3, M3ua.PPID, m3ua, 0, length, 0);
    }

    /** A call comes on circuit 7 and rings: context 9 has it. */
    void aCallRings() throws MalformedException {
        callerSays(IsupMessages.iam(7, "12025550143", null));
        gatekeeperAdmits();
        gatewayObeys();
        element.sent.clear();
    }

    FakePools.Session gatekeeper() {
        return pools.with("gk");
    }

    FakePools.Session gateway() {
        return pools.with("mg.tg1");
    }

    /** The last question to the gatekeeper. */
    RasMessage asked() throws MalformedException {
        return RasCodec.decode(gatekeeper().last, 0, gatekeeper().last.length);
    }

    void gatekeeperSays(final RasMessage message) {
        gatekeeper().say(RasCodec.PPID, RasCodec.encode(message));
    }

    void gatekeeperAdmits() throws MalformedException {
        gatekeeperSays(AdmissionConfirm.of(asked().requestSeqNum(), 1280, new TransportAddress.Ip(host(), 1720)));
    }

    /** The media gateway does what it was told last. */
    void gatewayObeys() throws MalformedException {
        final byte[] octets = gateway().last;
        final TransactionRequest request = (TransactionRequest) new MegacoDecoder().decode(octets, 0, octets.length)
            .transactions().get(0);
        final TransactionReply reply = TransactionReply.to(request, c -> CommandReply.of(c.verb(), c.termination()));
        final byte[] text = new MegacoEncoder(TextStyle.COMPACT).encode(MegacoMessage.of(mid(2944), reply));
        // the context that the gateway chose
        gateway().say(MegacoMessage.PPID, new String(text, StandardCharsets.US_ASCII).replace("C=$", "C=9")
            .getBytes(StandardCharsets.US_ASCII));
    }

    /** What the media gateway was told last. */
    String told() {
        return new String(gateway().last, StandardCharsets.US_ASCII);
    }

    /** The media gateway answers that with these actions. */
    void gatewaySays(final String actions, final long nowNs) {
        final Matcher transaction = TRANSACTION.matcher(told());
        if (!transaction.find()) {
            throw new AssertionError("no transaction: " + told());
        }
        gateway().say(MegacoMessage.PPID, ("!/1 [10.0.0.5]:2944 P=" + transaction.group(1) + "{" + actions + "}")
            .getBytes(StandardCharsets.US_ASCII), nowNs);
    }
}
