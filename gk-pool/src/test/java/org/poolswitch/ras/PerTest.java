// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.MalformedException;

/** The paragraphs of X.691, one by one. */
class PerTest {
    private final PerWriter out = new PerWriter();

    private String hex() {
        return HexFormat.of().formatHex(Arrays.copyOf(out.buffer(), out.octetsWritten()));
    }

    private PerReader reader() {
        return new PerReader(out.buffer(), 0, out.octetsWritten());
    }

    @Test
    void constrainedNumbersGrowWithTheirRange() throws Exception {
        out.constrained(4, 3, 6);
        out.constrained(200, 0, 254);
        out.constrained(9, 9, 9);
        out.constrained(200, 0, 255);
        out.constrained(300, 1, 65535);
        out.constrained(0, 0, 0xffffffffL);
        out.constrained(0xffffffffL, 0, 0xffffffffL);
        // 01 11001000 | c8 | 012b | 00...... 00 | 11...... ffffffff
        assertThat(hex()).isEqualTo("7200c8012b0000c0ffffffff");
        final PerReader in = reader();
        assertThat(in.constrained(3, 6)).isEqualTo(4);
        assertThat(in.constrained(0, 254)).isEqualTo(200);
        assertThat(in.constrained(9, 9)).isEqualTo(9);
        assertThat(in.constrained(0, 255)).isEqualTo(200);
        assertThat(in.constrained(1, 65535)).isEqualTo(300);
        assertThat(in.constrained(0, 0xffffffffL)).isZero();
        assertThat(in.constrained(0, 0xffffffffL)).isEqualTo(0xffffffffL);
    }

    @Test
    void lengthsHaveOneOrTwoOctets() throws Exception {
        out.length(127);
        out.length(128);
        out.length(16_383);
        assertThat(hex()).isEqualTo("7f8080bfff");
        final PerReader in = reader();
        assertThat(in.length()).isEqualTo(127);
        assertThat(in.length()).isEqualTo(128);
        assertThat(in.length()).isEqualTo(16_383);
        assertThatThrownBy(() -> new PerReader(new byte[] {(byte) 0xc1}, 0, 1).length())
            .isInstanceOf(MalformedException.class).hasMessageContaining("fragmented");
    }

    @Test
    void openTypesOfMoreThan127OctetsAreMoved() throws Exception {
        for (final int size : new int[] {0, 1, 127, 128, 500}) {
            out.reset();
            out.bit(true);
            out.openType(() -> out.octets(new byte[size], 0, size));
            out.bit(true);
            final PerReader in = reader();
            in.bit();
            // an empty value takes an octet all the same
            assertThat(in.openType().length()).isEqualTo(Math.max(1, size));
            assertThat(in.bit()).isTrue();
        }
    }

    @Test
    void normallySmallNumbers() throws Exception {
        out.normallySmall(5);
        out.normallySmall(63);
        out.normallySmall(64);
        out.normallySmall(300);
        final PerReader in = reader();
        assertThat(in.normallySmall()).isEqualTo(5);
        assertThat(in.normallySmall()).isEqualTo(63);
        assertThat(in.normallySmall()).isEqualTo(64);
        assertThat(in.normallySmall()).isEqualTo(300);
    }

    @Test
    void objectIdentifiers() throws Exception {
        ObjectIdentifier.H225_VERSION_7.encode(out);
        assertThat(hex()).isEqualTo("060008914a0007");
        for (final String dotted : new String[] {"0.0.8.2250.0.7", "1.3.6.1.4.1.4294967295", "2.999.1", "2.5"}) {
            out.reset();
            new ObjectIdentifier(dotted).encode(out);
            assertThat(ObjectIdentifier.decode(reader()).dotted()).isEqualTo(dotted);
        }
        assertThatThrownBy(() -> ObjectIdentifier.decode(new PerReader(new byte[] {2, 1, (byte) 0x81}, 0, 3)))
            .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new ObjectIdentifier("3.1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void digitsAreFourBitsEach() throws Exception {
        out.characters("5295672", 4, AliasAddress.DIALLED);
        // as in the captured ARQ
        assertThat(hex()).isEqualTo("85c89a50");
        assertThat(reader().characters(7, 4, AliasAddress.DIALLED)).isEqualTo("5295672");
        assertThatThrownBy(() -> new PerReader(new byte[] {(byte) 0xd0}, 0, 1).characters(1, 4, AliasAddress.DIALLED))
            .isInstanceOf(MalformedException.class);
    }

    @Test
    void noMessageIsLongerThanPerWithoutFragments() {
        assertThatThrownBy(() -> out.octets(new byte[20_000], 0, 20_000)).isInstanceOf(IllegalStateException.class);
    }
}
