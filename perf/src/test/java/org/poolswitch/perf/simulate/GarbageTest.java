// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.observe.PcapReader;
import org.poolswitch.observe.SctpDataExtractor;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.DisengageRequest;
import org.poolswitch.ras.Guid;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.sctp.SctpAddress;

/**
 * Garbage at every node's port, from inside associations, while calls run: it is answered or dropped, no call is
 * hurt.
 */
class GarbageTest {
    private static final long MS = 1_000_000L;
    private static final int UDP = SctpAddress.DEFAULT_ENCAPSULATION_PORT;

    private static InetAddress host(final int last) throws Exception {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    private static List<SctpAddress> everybody() throws Exception {
        final List<SctpAddress> all = new ArrayList<>(List.of(SctpAddress.of(host(1), 3863, UDP),
            SctpAddress.of(host(5), 2944, UDP), SctpAddress.of(host(6), 2944, UDP)));
        for (int i = 1; i <= 3; i++) {
            all.add(SctpAddress.of(host(10 + i), 2905, UDP));
        }
        for (int i = 1; i <= 2; i++) {
            all.add(SctpAddress.of(host(20 + i), 1719, UDP));
        }
        return all;
    }

    private static byte[] m3ua(final IsupMessage isup) {
        final byte[] b = new byte[300];
        final int length = isup.encode(b, 0);
        final byte[] out = new byte[400];
        // point codes that no circuit of the calls has: what survives mutation is a call of its own
        return Arrays.copyOf(out, new M3uaData(77, 78, 5, 2, 0, 1, Arrays.copyOf(b, length)).encode(out, 0));
    }

    private static byte[] asap(final int type, final byte[] value) {
        return ByteBuffer.allocate(4 + value.length).put((byte) type).put((byte) 0).putShort((short) (4 + value.length))
            .put(value).array();
    }

    private static List<Vandal.Sample> samples() throws Exception {
        final Guid call = new Guid(1, 2);
        final List<Vandal.Sample> samples = new ArrayList<>(List.of(
            new Vandal.Sample(3, m3ua(IsupMessages.iam(9, "19995550000", "19995550001"))),
            new Vandal.Sample(3, m3ua(IsupMessages.rel(9, 0, 16))), new Vandal.Sample(3, m3ua(IsupMessages.rlc(9))),
            new Vandal.Sample(13, RasCodec.encode(AdmissionRequest.of(1, "vandal", "19995550000", null, 10, 1, call,
                call))),
            new Vandal.Sample(13, RasCodec.encode(DisengageRequest.of(2, "vandal", 1, call, call))),
            new Vandal.Sample(7, ("MEGACO/1 [10.0.0.66]:2944 Transaction = 9 { Context = $ { Add = tdm/4000, Add = "
                + "line/19995550000 { Events = 1 { al/of }, Signals { al/ri } } } }")
                    .getBytes(StandardCharsets.US_ASCII)),
            new Vandal.Sample(7, "!/1 [10.0.0.66]:2944 T=10{C=*{S=*}}".getBytes(StandardCharsets.US_ASCII)),
            // HANDLE_RESOLUTION of an unknown pool, COOKIE_ECHO, ENDPOINT_KEEP_ALIVE_ACK without content
            new Vandal.Sample(11, asap(5, new byte[] {0, 9, 0, 8, 'j', 'u', 'n', 'k'})),
            new Vandal.Sample(11, asap(12, new byte[] {0, 7, 0, 12, 1, 2, 3, 4, 5, 6, 7, 8})),
            new Vandal.Sample(11, asap(8, new byte[0])), new Vandal.Sample(11, asap(0x7f, new byte[8]))));
        final Path capture = Path.of(System.getProperty("basedir", ""), "..",
            "sg-node/src/main/resources/org/poolswitch/sg/isup-call.pcap");
        SctpDataExtractor.extract(PcapReader.read(Files.readAllBytes(capture)), UDP)
            .forEach(m -> samples.add(new Vandal.Sample(m.ppid(), m.payload())));
        return samples;
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("poolswitch.garbage", 20));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mutatedMessagesFromInsideAssociationsHurtNoCall(final long seed) throws Exception {
        final CallWorld calls = new CallWorld(seed, 0.001, 120, 60);
        final List<SctpAddress> targets = everybody();
        final List<Vandal.Sample> samples = samples();
        calls.world().addClient("vandal", host(66), (e, r) -> new Vandal(e, r, targets, samples), 49151);
        calls.run(8_000 * MS);
        final Vandal vandal = calls.world().node("vandal").machine(Vandal.class);
        assertThat(vandal.sent).isGreaterThan(5_000);
        assertThat(vandal.answers).isPositive();
        assertThat(calls.outcomes()).isEmpty();
    }

    @Test
    void packetsOfPureNoiseHurtNoCall() throws Exception {
        final CallWorld calls = new CallWorld(3, 0, 120, 60);
        final RandomGenerator random = calls.world().newRandom();
        final InetSocketAddress stranger = new InetSocketAddress(host(99), 4_000);
        final List<SctpAddress> targets = everybody();
        for (int i = 0; i < 20_000; i++) {
            final byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            final SctpAddress target = targets.get(random.nextInt(targets.size()));
            calls.world().after(random.nextLong(3_000 * MS), () -> calls.world().network().inject(stranger,
                new InetSocketAddress(target.host(), UDP), noise));
        }
        calls.run(30_000 * MS);
        assertThat(calls.complaints()).isEmpty();
    }
}
