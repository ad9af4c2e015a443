// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.MalformedException;

/** Whatever is encoded comes back, and whatever is damaged is refused in one way only. */
class RasRoundTripTest {
    private static final int MUTATIONS = 20_000;

    @Test
    void everyMessageComesBack() throws Exception {
        final SplittableRandom random = new SplittableRandom(225);
        final PerWriter out = new PerWriter();
        for (int i = 0; i < 3_000; i++) {
            final RasMessage message = RasSamples.any(random);
            final int length = RasCodec.encode(message, out);
            assertThat(RasCodec.decode(out.buffer(), 0, length)).isEqualTo(message);
            assertThat(RasCodec.header(out.buffer(), 0, length))
                .isEqualTo(new OtherMessage(message.kind(), message.requestSeqNum()));
        }
    }

    @Test
    void damagedMessagesAreMalformedOrSomethingElse() {
        final SplittableRandom random = new SplittableRandom(2250);
        final List<byte[]> seeds = new ArrayList<>(RasSamples.captured().values());
        for (int i = 0; i < 200; i++) {
            seeds.add(RasCodec.encode(RasSamples.any(random)));
        }
        int malformed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            final byte[] octets = mutate(seeds.get(random.nextInt(seeds.size())), random);
            try {
                final RasMessage message = RasCodec.decode(octets, 0, octets.length);
                assertThat(message.requestSeqNum()).isBetween(1, 65535);
            } catch (final MalformedException e) {
                malformed++;
            } catch (final RuntimeException e) {
                fail("mutation " + i + " threw", e);
            }
            RasCodec.header(octets, 0, octets.length);
        }
        assertThat(malformed).isBetween(MUTATIONS / 10, MUTATIONS - MUTATIONS / 10);
    }

    private static byte[] mutate(final byte[] seed, final SplittableRandom random) {
        final byte[] octets = random.nextInt(4) == 0 ? Arrays.copyOf(seed, random.nextInt(seed.length + 9))
            : seed.clone();
        for (int i = random.nextInt(4); i > 0 && octets.length > 0; i--) {
            final int at = random.nextInt(octets.length);
            octets[at] = random.nextBoolean() ? (byte) random.nextInt(256)
                : (byte) (octets[at] ^ 1 << random.nextInt(8));
        }
        return octets;
    }

    @Test
    void additionsOfLaterEditionsAreSteppedOver() throws Exception {
        final byte[] octets = {1, 2, 3};
        final PerWriter out = new PerWriter();
        out.extensibleChoice(RasKind.DISENGAGE_CONFIRM.ordinal(), RasKind.ROOTS);
        out.bit(true);
        out.bit(false);
        out.constrained(1, 1, 65535);
        out.extensions(1 << 8, 9);
        out.openType(Octets.of(octets));
        assertThat(RasCodec.decode(out.buffer(), 0, out.octetsWritten())).isEqualTo(DisengageConfirm.of(1));
    }

    @Test
    void alternativesOfLaterEditionsAreRecognised() throws Exception {
        final PerWriter out = new PerWriter();
        out.extensibleChoice(RasKind.ROOTS + 20, RasKind.ROOTS);
        out.openType(() -> {
            out.bit(false);
            out.constrained(77, 1, 65535);
            out.octets(new byte[200], 0, 200);
        });
        assertThat(RasCodec.decode(out.buffer(), 0, out.octetsWritten()))
            .isEqualTo(new OtherMessage(RasKind.LATER, 77));
    }

    @Test
    void valuesOutsideTheStandardAreNotEncoded() {
        assertThatThrownBy(() -> RasCodec.encode(DisengageConfirm.of(0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RasCodec.encode(AdmissionReject.of(1, AdmissionRejectReason.ROUTE_CALL_TO_SCN)))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AliasAddress.DialledDigits("12a")).isInstanceOf(IllegalArgumentException.class);
    }
}
