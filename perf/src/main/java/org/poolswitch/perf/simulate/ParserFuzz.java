// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.wire.ServerAnnounce;
import org.poolswitch.enrp.wire.EnrpReader;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.megaco.MegacoDecoder;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.DisengageRequest;
import org.poolswitch.ras.Guid;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.sctp.wire.InitChunk;
import org.poolswitch.sim.sctp.Forge;

/** Mutated messages for every decoder: it understands, or refuses with its checked exception; it throws no other. */
final class ParserFuzz {
    /** A decoder. */
    @FunctionalInterface
    interface Parser {
        /** Throws a checked exception for what it refuses. */
        void parse(byte[] b) throws Exception;
    }

    private record Target(Parser parser, List<byte[]> samples) {
    }

    private static final int[] TYPES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0x8001, 0xC000};

    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final RandomGenerator dice;

    ParserFuzz(final RandomGenerator dice) {
        this.dice = dice;
        final Guid call = new Guid(1, 2);
        final byte[] iam = isup(IsupMessages.iam(9, "19995550000", "19995550001"));
        targets.put("INIT", new Target(b -> InitChunk.parse(b, 0, b.length), List.of(Forge.init(1, 7, 8,
            Forge.tlv(5, new byte[4]), Forge.tlv(6, new byte[16]), Forge.tlv(9, new byte[4]), Forge.tlv(0xC001)))));
        targets.put("ISUP", new Target(b -> IsupMessage.decode(b, 0, b.length),
            List.of(iam, isup(IsupMessages.rel(9, 0, 16)), isup(IsupMessages.rlc(9)))));
        targets.put("M3UA", new Target(b -> M3uaData.decode(b, 0, b.length), List.of(m3ua(iam))));
        targets.put("RAS", new Target(b -> RasCodec.decode(b, 0, b.length), List.of(
            RasCodec.encode(AdmissionRequest.of(1, "fuzz", "19995550000", null, 10, 1, call, call)),
            RasCodec.encode(DisengageRequest.of(2, "fuzz", 1, call, call)))));
        final MegacoDecoder megaco = new MegacoDecoder();
        targets.put("H.248", new Target(b -> megaco.decode(b, 0, b.length), List.of(
            text("MEGACO/1 [10.0.0.66]:2944 Transaction = 9 { Context = $ { Add = tdm/4000, Add = line/1 { Events = 1 "
                + "{ al/of }, Signals { al/ri } } } }"), text("!/1 [10.0.0.66]:2944 T=10{C=*{S=*}}"))));
        targets.put("ENRP",
            new Target(b -> new EnrpReader().read(ByteBuffer.wrap(b)), List.of(tlvs(), tlvs(), tlvs())));
        targets.put("ASAP", new Target(b -> ServerAnnounce.read(b, 0, b.length), List.of(tlvs(), tlvs())));
    }

    private static byte[] isup(final IsupMessage message) {
        final byte[] b = new byte[300];
        return Arrays.copyOf(b, message.encode(b, 0));
    }

    private static byte[] m3ua(final byte[] isup) {
        final byte[] b = new byte[400];
        return Arrays.copyOf(b, new M3uaData(77, 78, 5, 2, 0, 1, isup).encode(b, 0));
    }

    private static byte[] text(final String message) {
        return message.getBytes(StandardCharsets.US_ASCII);
    }

    /** ASAP, ENRP and SCTP chunks have one layout: type, flags, length, parameters (RFC 5354 section 2). */
    private byte[] tlvs() {
        final byte[][] parameters = new byte[1 + dice.nextInt(5)][];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = Forge.tlv(TYPES[dice.nextInt(TYPES.length)], new byte[4 * dice.nextInt(6)]);
        }
        return Forge.chunk(1 + dice.nextInt(16), 0, Forge.join(Forge.words(1, 2), Forge.join(parameters)));
    }

    /** So many mutations for each decoder. @return what was neither understood nor refused, a sentence each */
    List<String> run(final int count) {
        final List<String> wrong = new ArrayList<>();
        targets.forEach((name, target) -> {
            for (int i = 0; i < count; i++) {
                final byte[] b = mutate(target.samples().get(dice.nextInt(target.samples().size())));
                try {
                    target.parser().parse(b);
                } catch (final RuntimeException | Error e) {
                    wrong.add(name + ": " + e + " for " + HexFormat.of().formatHex(b));
                    return;
                } catch (final Exception e) {
                    // refused, as it should be
                    continue;
                }
            }
        });
        return wrong;
    }

    private byte[] mutate(final byte[] original) {
        byte[] b = original.clone();
        for (int n = 1 + dice.nextInt(4); n > 0; n--) {
            switch (dice.nextInt(5)) {
                case 0 -> b = Arrays.copyOf(b, 1 + dice.nextInt(b.length + 8));
                case 1 -> b[dice.nextInt(b.length)] = (byte) dice.nextInt(256);
                case 2 -> b[dice.nextInt(b.length)] ^= (byte) (1 << dice.nextInt(8));
                case 3 -> b[dice.nextInt(b.length)] = dice.nextBoolean() ? 0 : (byte) 0xff;
                default -> {
                    final int from = dice.nextInt(b.length);
                    final int length = dice.nextInt(b.length - from) + 1;
                    System.arraycopy(b.clone(), from, b, dice.nextInt(b.length - length + 1), length);
                }
            }
        }
        return b;
    }
}
