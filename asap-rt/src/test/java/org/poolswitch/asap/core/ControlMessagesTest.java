// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.poolswitch.asap.core.Rig.MS;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.SctpAddress;

/** Control messages against RSPLIB's captures, and against garbage. */
class ControlMessagesTest implements QuietListener {
    private static final byte[] PING = "PingPongPool".getBytes(StandardCharsets.US_ASCII);
    private int echoes;

    private static byte[] hex(final String s) {
        return HexFormat.of().parseHex(s.replaceAll("\\s", ""));
    }

    @Test
    void writesWhatRsplibWrites() throws java.net.UnknownHostException {
        final FakeEndpoint net = new FakeEndpoint();
        final ControlWriter writer = new ControlWriter(net, Rig.config());
        final SctpAddress local = SctpAddress.of(java.net.InetAddress.getByAddress(new byte[] {10, 10, 0, 0x15}),
            0x97f0, 9899);
        final TransportParameter transport = TransportParameter.sctp(local.port(), 1, local.hosts());
        assertThat(writer.registration(PING, 0xa1, 90_000_000_000L, transport, PolicyParameter.of(1), false)).isEqualTo(
            hex(
            "0100003c 00090010"
            + "50696e67 506f6e67 506f6f6c 000a0028 000000a1 00000000 00015f90 00040010 97f00001 00010008 0a0a0015"
            + "00080008 00000001"));
        assertThat(writer.keepAliveAck(PING, 0xa1)).isEqualTo(hex("0800001c 00090010 50696e67 506f6e67 506f6f6c"
            + "000e0008 000000a1"));
        assertThat(writer.handleResolution(PING, false, 1)).isEqualTo(hex("0500001c 00090010 50696e67 506f6e67"
            + "506f6f6c 803f0008 00000001"));
        final byte[] cookie = hex("3c50502d 5444313e 00000000 00000002");
        assertThat(Arrays.copyOf(writer.scratch(), writer.cookie(cookie, 0, 16))).isEqualTo(hex("0b000018 000d0014"
            + "3c50502d 5444313e 00000000 00000002"));
        assertThat(Arrays.copyOf(writer.scratch(), writer.cookie(cookie, 1, 2))).isEqualTo(hex("0b00000a 000d0006"
            + "50500000"));
        net.connect(local, 0);
        writer.sendCookieEcho(1, 5, cookie, 16, 0);
        assertThat(net.sent.get(0).payload()).isEqualTo(hex("0c000018 000d0014 3c50502d 5444313e 00000000 00000002"));
        assertThat(net.sent.get(0).stream()).isEqualTo(5);
    }

    /** Other registrars may take longer elements than ours, and what they list goes into our card. */
    @Test
    void aCardNamesAsManyElementsAsFit() {
        final ControlWriter writer = new ControlWriter(new FakeEndpoint(), Rig.config());
        final byte[] policy = new byte[20_000];
        policy[3] = 1;
        final PoolElementParameter e = new PoolElementParameter(7, 0, 1, TransportParameter.opaque(new byte[4])
            .octets(), policy);
        assertThat(writer.businessCard(PING, List.of(e, e, e, e))).hasSize(20 + 3 * e.length());
    }

    @Test
    void ofOurOwnWeSayWhatIsTooLong() {
        final PoolElement element = new Rig(Rig.config()).stack.element(this);
        assertThatThrownBy(() -> element.register(new byte[1025], 1, 0)).hasMessageContaining("1 to 1024 octets: 1025");
        assertThatThrownBy(() -> element.register(PING, PolicyParameter.of(1), TransportParameter.opaque(
            new byte[5_000]), 0)).hasMessageContaining("at most 4096 octets");
    }

    @Test
    void readsWhatRsplibWrites() {
        final Rig rig = new Rig(Rig.config());
        final PoolElement element = rig.stack.element(this);
        element.register(PING, 1, 0);
        rig.start();
        final PoolSession s = rig.stack.user().open(PING, rig, null, 0);
        rig.registrarAnswers = false;
        rig.send(s, "x", 0);
        final FakeEndpoint.Association r = rig.net.of(Rig.REGISTRAR);
        rig.net.message(r, 0, 11, hex("06000044 00090010 50696e67 506f6e67 506f6f6c 00080008 00000001 000a0028"
            + "000000a1 11111111 00015f90 00040010 97f00001 00010008 0a0a0015 00080008 00000001"), 0);
        final String alive = "07000020 11111111 00090010 50696e67 506f6e67 506f6f6c 000e0008";
        rig.net.message(r, 0, 11, hex(alive + HexFormat.of().toHexDigits(element.identifier())), 0);
        rig.net.message(r, 0, 11, hex(alive + "000000a1"), 0);
        rig.settle();
        assertThat(rig.net.associations.values()).anyMatch(a -> a.remote.toString().equals("10.10.0.21:38896"));
        assertThat(rig.asked(8)).isEqualTo(1);
    }

    @Test
    void reportsWhatAsksToBeReported() {
        final Rig rig = new Rig(Rig.config());
        rig.stack.element(this);
        rig.start();
        final FakeEndpoint.Association a = rig.net.incoming(FakeEndpoint.address(50, 40000), 0);
        rig.settle();
        final byte[] cookie = Rig.parameter(13, new byte[] {1});
        // type bits 00: dropped; 01: dropped and reported
        rig.net.message(a, 1, 11, Rig.message(0x3f, 0), 0);
        rig.net.message(a, 1, 11, Rig.message(0x7f, 0), 0);
        // parameter bits 10: skipped; 11: skipped and reported; 00: the message ends there
        rig.net.message(a, 1, 11, Rig.message(12, 0, Rig.parameter(0x8001, new byte[0]), cookie), 0);
        rig.net.message(a, 1, 11, Rig.message(12, 0, Rig.parameter(0xc001, new byte[0]), cookie), 0);
        rig.net.message(a, 1, 11, Rig.message(12, 0, Rig.parameter(0x3001, new byte[0]), cookie), 0);
        rig.settle();
        assertThat(echoes).isEqualTo(2);
        assertThat(rig.net.take(a)).extracting(FakeEndpoint.Sent::payload).containsExactly(
            hex("0e000010 000c000c 00020008 7f000004"), hex("0e000010 000c000c 00010008 c0010004"));
        assertThat(rig.count(AsapCounter.MALFORMED)).isEqualTo(1);
        assertThat(rig.count(AsapCounter.UNEXPECTED)).isEqualTo(2);
    }

    @Test
    void whoIsToldTooOftenThatItIsNotUnderstoodIsToldNoMore() {
        final Rig rig = new Rig(Rig.config().withBounds(Rig.config().bounds().with(
            "Errors.Per.Second=10,Errors.Burst=3")));
        final PoolElement element = rig.stack.element(this);
        element.register(Rig.GWC, 1, 0);
        rig.start();
        final FakeEndpoint.Association a = rig.net.incoming(FakeEndpoint.address(50, 40000), 0);
        final FakeEndpoint.Association b = rig.net.incoming(FakeEndpoint.address(51, 40000), 0);
        rig.settle();
        final byte[] cookie = Rig.parameter(13, new byte[] {1});
        for (int i = 0; i < 100; i++) {
            rig.run(10 * MS);
            rig.net.message(a, 1, 11, i % 2 == 0 ? Rig.message(0x7f, 0)
                : Rig.message(12, 0, Rig.parameter(0xc001, new byte[0]), cookie), rig.now);
            rig.settle();
        }
        final int told = rig.net.take(a).size();
        assertThat(told).as("a second's worth and the burst, for messages and parameters together").isBetween(12, 14);
        assertThat(rig.count(AsapCounter.ERRORS_LIMITED)).isEqualTo(100 - told);
        assertThat(echoes).as("what it sent is read all the same").isEqualTo(50);
        rig.net.message(b, 1, 11, Rig.message(0x7f, 0), rig.now);
        rig.net.message(a, 0, 11, Rig.message(7, 0, Rig.ints(0x11111111), Rig.parameter(9, Rig.GWC),
            Rig.parameter(14, Rig.ints(element.identifier()))), rig.now);
        rig.settle();
        assertThat(rig.net.take(b)).as("others are told").hasSize(1);
        assertThat(rig.net.take(a)).as("what else it asks is answered").extracting(FakeEndpoint.Sent::type)
            .containsExactly(8);
    }

    @Test
    void businessCardIsSentWhenAUserComes() {
        final Rig rig = new Rig(Rig.config().withBusinessCard(true)).elements(1, 2, 3);
        rig.stack.element(this).register(Rig.GWC, 1, 0);
        rig.start();
        final FakeEndpoint.Association a = rig.net.incoming(FakeEndpoint.address(50, 40000), rig.now);
        rig.settle();
        final List<FakeEndpoint.Sent> sent = rig.net.take(a);
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).type()).isEqualTo(13);
        assertThat(sent.get(0).stream()).isZero();
        assertThat(sent.get(0).payload()).endsWith(Rig.parameter(8, Rig.ints(1))).hasSizeGreaterThan(3 * 40);
        assertThat(rig.net.associations.values()).as("colleagues are known, not connected").hasSize(2);
        // what one stack writes another one reads
        final Rig user = new Rig(Rig.config()).elements(1, 2, 3).start();
        final PoolSession s = user.open();
        user.send(s, "x", PoolSession.RETAIN);
        user.settle();
        user.net.message(user.element(s), 0, 11, sent.get(0).payload(), user.now);
        user.settle();
        assertThat(user.count(AsapCounter.MALFORMED)).isZero();
    }

    @Test
    void garbageChangesNothing() {
        final Random dice = new Random(11);
        final AsapConfig config = Rig.config();
        final Rig rig = new Rig(config).elements(1, 2);
        final PoolElement element = rig.stack.element(this);
        element.register(Rig.GWC, 1, 0);
        rig.start();
        final PoolSession s = rig.open();
        rig.send(s, "x", 0);
        rig.settle();
        final int id = s.element();
        final FakeEndpoint.Association a = rig.net.incoming(FakeEndpoint.address(50, 40000), 0);
        rig.settle();
        final byte[][] good = {rig.resolution(Rig.GWC), Rig.cookie("12345"), Rig.message(12, 0, Rig.parameter(13,
            new byte[9])), Rig.message(7, 1, Rig.ints(3), Rig.parameter(9, Rig.GWC)), Rig.message(3, 0,
            Rig.parameter(9, Rig.GWC), Rig.parameter(14, Rig.ints(element.identifier()))), Rig.message(13, 0,
            Rig.parameter(9, Rig.GWC), Rig.element(1), Rig.element(2)), Rig.message(4, 0, Rig.parameter(9, Rig.GWC),
            Rig.parameter(14, Rig.ints(9)))};
        for (int i = 0; i < 20_000; i++) {
            final byte[] bad = mutate(good[dice.nextInt(good.length)].clone(), dice);
            final FakeEndpoint.Association to = switch (dice.nextInt(3)) {
                case 0 -> rig.at(id);
                case 1 -> a;
                default -> rig.net.of(Rig.REGISTRAR);
            };
            if (to != null && bad.length > 0) {
                rig.net.message(to, dice.nextInt(3), 11, bad, rig.now);
                rig.run(dice.nextInt(2) * MS);
            }
            rig.net.sent.clear();
        }
        assertThat(rig.count(AsapCounter.MALFORMED)).isGreaterThan(2000);
        rig.net.of(Rig.REGISTRAR);
        rig.run(3000 * MS);
        rig.got(id);
        rig.send(s, "still", 0);
        assertThat(IntStream.of(1, 2).mapToObj(rig::got).flatMap(List::stream)).contains("still");
        assertThat(rig.failures).isEmpty();
    }

    private static byte[] mutate(final byte[] message, final Random dice) {
        byte[] m = message;
        for (int n = 1 + dice.nextInt(3); n > 0; n--) {
            switch (dice.nextInt(4)) {
                case 0 -> m[dice.nextInt(m.length)] = (byte) dice.nextInt();
                case 1 -> m[dice.nextInt(m.length)] ^= (byte) (1 << dice.nextInt(8));
                case 2 -> m = Arrays.copyOf(m, Math.max(1, m.length - dice.nextInt(8)));
                default -> m = Arrays.copyOf(m, m.length + dice.nextInt(8));
            }
        }
        return m;
    }

    @Override
    public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        echoes++;
    }
}
