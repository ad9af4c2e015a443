// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.CookieSeal;
import org.poolswitch.ras.Guid;

/** What a controller writes into a cookie another one reads, and nobody else can. */
class CallCookieTest {
    private final CookieSeal seal = new CookieSeal(new byte[32]);

    private static CallCookie cookie(final Stage stage) {
        return new CallCookie(stage, CallCookie.RINGING_SEEN | CallCookie.ACM_SENT, 17,
            new CircuitId(0xffffff, 16383, 2, 15, 4095), new Guid(-1, 5), 0xfffffffeL, -7, 42, "12025550143", "");
    }

    @Test
    void everyStageSurvives() {
        for (final Stage stage : Stage.values()) {
            final byte[] b = new byte[160];
            final int length = cookie(stage).seal(seal, b);
            assertThat(CallCookie.open(new CookieSeal(new byte[32]), b, 0, length)).isEqualTo(cookie(stage));
        }
    }

    @Test
    void theLongestNumbersFit() {
        final byte[] b = new byte[160];
        final String number = "9".repeat(32);
        final CallCookie longest = new CallCookie(Stage.SETUP, 0, 0, new CircuitId(1, 2, 0, 0, 1), new Guid(1,
            1), 0, 0,
            0, number, number);
        assertThat(CallCookie.open(seal, b, 0, longest.seal(seal, b)).called()).isEqualTo(number);
    }

    @Test
    void whatWasTouchedOrSealedWithAnotherKeyIsRefused() {
        final byte[] b = new byte[160];
        final int length = cookie(Stage.ANSWERED).seal(seal, b);
        for (int i = 0; i < length; i++) {
            final byte[] touched = Arrays.copyOf(b, length);
            touched[i] ^= 0x40;
            assertThat(CallCookie.open(seal, touched, 0, length)).isNull();
            assertThat(CallCookie.open(seal, b, 0, i)).isNull();
        }
        final byte[] other = new byte[32];
        other[0] = 1;
        assertThat(CallCookie.open(new CookieSeal(other), b, 0, length)).isNull();
    }

    @Test
    void sealedNonsenseIsRefusedToo() {
        final SplittableRandom random = new SplittableRandom(3);
        final byte[] b = new byte[160];
        for (int i = 0; i < 20_000; i++) {
            final int length = cookie(Stage.SETUP).seal(seal, b) - CookieSeal.OCTETS;
            final int cut = random.nextInt(1, length);
            final byte[] nonsense = Arrays.copyOf(b, cut);
            nonsense[random.nextInt(cut)] = (byte) random.nextInt();
            assertThat(sealedAndOpened(nonsense)).as("cut to %d octets", cut).isNull();
            final byte[] otherwise = Arrays.copyOf(b, length);
            otherwise[0] += (byte) random.nextInt(1, 256);
            assertThat(sealedAndOpened(otherwise)).as("another version").isNull();
        }
    }

    private CallCookie sealedAndOpened(final byte[] content) {
        final byte[] whole = Arrays.copyOf(content, content.length + CookieSeal.OCTETS);
        System.arraycopy(seal.of(content, 0, content.length), 0, whole, content.length, CookieSeal.OCTETS);
        assertThat(seal.isGood(whole, 0, whole.length)).isTrue();
        return CallCookie.open(seal, whole, 0, whole.length);
    }

    @Test
    void twoControllersGiveTheSameCallTheSameIdentifier() {
        final CircuitId circuit = new CircuitId(1, 2, 2, 1, 7);
        final byte[] iam = {7, 0, 1, 0};
        final Guid one = new CallIdentifiers().of(circuit, iam);
        assertThat(new CallIdentifiers().of(circuit, iam)).isEqualTo(one);
        assertThat(new CallIdentifiers().of(new CircuitId(1, 2, 2, 1, 8), iam)).isNotEqualTo(one);
        assertThat(new CallIdentifiers().of(circuit, new byte[] {7, 0, 1, 1})).isNotEqualTo(one);
    }
}
