// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Mutated messages: the decoder refuses or understands, and what it understands it can write and read again. */
class MegacoFuzzTest {
    private static final int MUTATIONS = 20_000;
    private static final String SPICE = "{}[],=;:\"\\*$-/ \n\0\u007f\u00ff0AESTMCL";
    private final MegacoDecoder decoder = new MegacoDecoder();
    /** Long names make a message longer than the short names that it came with. */
    private final MegacoDecoder generous = new MegacoDecoder(new MegacoLimits(1 << 24, 16, 20_000));

    @Test
    void mutationsOfEverySample() {
        final List<byte[]> seeds = new ArrayList<>();
        for (final MegacoMessage message : MegacoSamples.all().values()) {
            seeds.add(new MegacoEncoder(TextStyle.COMPACT).encode(message));
            seeds.add(new MegacoEncoder(TextStyle.PRETTY).encode(message));
        }
        final SplittableRandom random = new SplittableRandom(2945);
        int understood = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] octets = seeds.get(i % seeds.size());
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                octets = mutate(octets, random);
            }
            understood += survives(octets) ? 1 : 0;
        }
        assertThat(understood).as("some mutations are harmless, most are not").isBetween(MUTATIONS / 50, MUTATIONS / 2);
    }

    private boolean survives(final byte[] octets) {
        final MegacoMessage message;
        try {
            message = decoder.decode(octets, 0, octets.length);
        } catch (final MegacoSyntaxException e) {
            assertThat(e.position()).isBetween(0, octets.length);
            return false;
        }
        for (final TextStyle style : TextStyle.values()) {
            final byte[] again = new MegacoEncoder(style).encode(message);
            try {
                assertThat(generous.decode(again, 0, again.length)).isEqualTo(message);
            } catch (final MegacoSyntaxException e) {
                throw new AssertionError(new String(octets, StandardCharsets.ISO_8859_1) + "\n became\n"
                    + new String(again, StandardCharsets.ISO_8859_1), e);
            }
        }
        return true;
    }

    private static byte[] mutate(final byte[] from, final SplittableRandom random) {
        if (from.length == 0) {
            return from;
        }
        final int at = random.nextInt(from.length);
        final byte spice = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
        switch (random.nextInt(5)) {
            case 0:
                return Arrays.copyOf(from, at);
            case 1: {
                final byte[] to = from.clone();
                to[at] = spice;
                return to;
            }
            case 2: {
                final byte[] to = new byte[from.length - 1];
                System.arraycopy(from, 0, to, 0, at);
                System.arraycopy(from, at + 1, to, at, to.length - at);
                return to;
            }
            case 3: {
                final byte[] to = new byte[from.length + 1];
                System.arraycopy(from, 0, to, 0, at);
                to[at] = spice;
                System.arraycopy(from, at, to, at + 1, from.length - at);
                return to;
            }
            default: {
                final int length = random.nextInt(from.length - at);
                final byte[] to = new byte[from.length + length];
                System.arraycopy(from, 0, to, 0, at + length);
                System.arraycopy(from, at, to, at + length, from.length - at);
                return to;
            }
        }
    }

    @Test
    void evilMessagesTakeNoTime() {
        final List<String> evil = List.of("!/1 <a> " + "T=1{C=1{A=tdm/1{MX{".repeat(3000),
            "!/1 <a> T=1{C=1{A=tdm/1{M{" + "ST=1{L{a}},".repeat(5900) + "O{MO=SR}}}}}",
            "!/1 <a> T=1{C=1{A=tdm/1{M{L{" + "\\}".repeat(30_000), ";".repeat(65_000), "A".repeat(65_000),
            "!/1 <a> T=1{C=1{A=tdm/1{" + "[".repeat(60_000), "!/1 <a> " + "PN=1{}".repeat(10_000),
            "!/1 <a> T=1{C=1{A=tdm/1{E=1{" + "a/b,".repeat(16_000) + "a/b}}}}");
        for (final String text : evil) {
            final byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            assertTimeout(Duration.ofSeconds(2), () -> survives(octets));
        }
    }
}
