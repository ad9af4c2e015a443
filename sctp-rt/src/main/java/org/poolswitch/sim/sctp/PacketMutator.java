// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.CommonHeader;

/**
 * Changes packets of a real conversation where it hurts: numbers near those that count, lengths, flags, parameters, the
 * order and company of chunks. What it makes mostly has the right tag and always the right checksum, so that it gets
 * deep.
 */
public final class PacketMutator {
    private static final int[] TYPES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 130, 132, 192, 0x3f, 0x7f,
        0xbf, 0xff};
    private static final int[] PARAMETERS = {1, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 0x8000, 0x8008, 0xC000,
        0x4001, 0xC001, 0x3fff};
    private static final int[] ODD = {0, 1, 2, 3, 4, 7, 8, 11, 12, 15, 16, 17, 20, 255, 256, 1399, 1400, 4095, 4096,
        32_767, 32_768, 65_531, 65_535};
    private static final int LONGEST = 9_000;

    private final RandomGenerator dice;
    /** Numbers from the conversation: TSNs, tags, sequence numbers. */
    private final int[] known = new int[32];
    private int knownCount;

    public PacketMutator(final RandomGenerator dice) {
        this.dice = dice;
    }

    /** A packet of the conversation passed: its numbers are worth knowing. */
    public void observe(final byte[] packet) {
        remember(Bytes.i32(packet, 4));
        for (final byte[] chunk : Forge.chunks(packet)) {
            for (int at = 4; at + 4 <= Math.min(chunk.length, 20); at += 4) {
                remember(Bytes.i32(chunk, at));
            }
        }
    }

    private void remember(final int number) {
        known[knownCount++ % known.length] = number;
    }

    private int number() {
        return switch (dice.nextInt(4)) {
            case 0 -> dice.nextInt();
            case 1 -> ODD[dice.nextInt(ODD.length)];
            default -> (knownCount == 0 ? 0 : known[dice.nextInt(Math.min(knownCount, known.length))])
                + (dice.nextInt(3) == 0 ? ODD[dice.nextInt(ODD.length)] : dice.nextInt(9) - 4);
        };
    }

    /** One packet made of this one. */
    public byte[] mutate(final byte[] original) {
        final List<byte[]> chunks = new ArrayList<>(Forge.chunks(original));
        for (int n = 1 + dice.nextInt(4); n > 0; n--) {
            change(chunks);
        }
        int tag = Bytes.i32(original, 4);
        if (dice.nextInt(20) == 0) {
            tag = number();
        }
        final byte[] packet = Forge.packet(CommonHeader.sourcePort(original, 0),
            CommonHeader.destinationPort(original, 0), tag, chunks);
        if (dice.nextInt(12) == 0) {
            return Forge.seal(Arrays.copyOf(packet, dice.nextInt(packet.length + 1)));
        }
        return packet;
    }

    private void change(final List<byte[]> chunks) {
        final int which = chunks.isEmpty() ? 0 : dice.nextInt(chunks.size());
        switch (chunks.isEmpty() ? 0 : dice.nextInt(10)) {
            case 0 -> chunks.add(dice.nextInt(chunks.size() + 1), invented());
            case 1 -> chunks.add(chunks.get(which).clone());
            case 2 -> chunks.remove(which);
            case 3 -> chunks.add(dice.nextInt(chunks.size()), chunks.remove(which));
            case 4 -> chunks.get(which)[dice.nextInt(2)] = (byte) TYPES[dice.nextInt(TYPES.length)];
            case 5 -> Bytes.put16(chunks.get(which), 2, ODD[dice.nextInt(ODD.length)]);
            case 6 -> word(chunks.get(which));
            case 7 -> half(chunks.get(which));
            case 8 -> chunks.get(which)[dice.nextInt(chunks.get(which).length)] = (byte) dice.nextInt(256);
            default -> chunks.set(which, stretched(chunks.get(which)));
        }
    }

    private void word(final byte[] chunk) {
        if (chunk.length >= 8) {
            Bytes.put32(chunk, 4 * (1 + dice.nextInt(chunk.length / 4 - 1)), number());
        }
    }

    private void half(final byte[] chunk) {
        if (chunk.length >= 8) {
            Bytes.put16(chunk, 2 * (2 + dice.nextInt(chunk.length / 2 - 2)), ODD[dice.nextInt(ODD.length)]);
        }
    }

    /** Shorter or longer, with a length that says so. */
    private byte[] stretched(final byte[] chunk) {
        final int length = Math.min(LONGEST, 4 + ODD[dice.nextInt(ODD.length)]);
        final byte[] other = Arrays.copyOf(chunk, Bytes.padded(length));
        Bytes.put16(other, 2, length);
        return other;
    }

    /** A chunk of any type, well formed or nearly so. */
    private byte[] invented() {
        return switch (dice.nextInt(9)) {
            case 0 -> Forge.data(dice.nextInt(16), number(), dice.nextInt(12), number(), new byte[dice.nextInt(64)]);
            case 1 -> Forge.sack(number(), number(), gaps());
            case 2 -> Forge.forwardTsn(number(), gaps());
            case 3 -> Forge.chunk(ChunkType.RE_CONFIG, 0, Forge.join(parameter(), parameter()));
            case 4 -> Forge.init(1 + dice.nextInt(2), number(), number(), parameter(), parameter());
            case 5 -> Forge.chunk(ChunkType.ERROR, 0, Forge.tlv(dice.nextInt(16), Forge.words(number())));
            case 6 -> Forge.chunk(ChunkType.HEARTBEAT + dice.nextInt(2), 0, parameter());
            case 7 -> Forge.chunk(TYPES[dice.nextInt(TYPES.length)], dice.nextInt(256), Forge.words(number()));
            default -> Forge.chunk(TYPES[dice.nextInt(TYPES.length)], dice.nextInt(256));
        };
    }

    private int[] gaps() {
        final int[] gaps = new int[2 * dice.nextInt(6)];
        int at = 1;
        for (int i = 0; i < gaps.length; i++) {
            at += dice.nextInt(dice.nextInt(8) == 0 ? 5000 : 4);
            gaps[i] = at;
        }
        return gaps;
    }

    private byte[] parameter() {
        return Forge.tlv(PARAMETERS[dice.nextInt(PARAMETERS.length)], dice.nextBoolean()
            ? Forge.words(number(), number(), number()) : new byte[dice.nextInt(40)]);
    }
}
