// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.poolswitch.m3ua.M3ua;

/** Changes a message in the way that suits its protocol. */
final class Mutations {
    /** Text and binary messages without a length field can be longer than {@link TlvMutator#LONGEST}. */
    private static final int LONGEST = 70_000;
    private static final int M3UA_USER_PART = 24;
    private final RandomGenerator dice;
    private final OctetMutator octets;
    private final TlvMutator tlvs;
    private final TextMutator texts;

    Mutations(final RandomGenerator dice) {
        this.dice = dice;
        octets = new OctetMutator(dice);
        tlvs = new TlvMutator(dice);
        texts = new TextMutator(dice);
    }

    /** @param other another message of the same protocol */
    byte[] mutate(final int ppid, final byte[] message, final byte[] other) {
        if (dice.nextInt(10) == 0) {
            return octets.mutate(message, TlvMutator.LONGEST);
        }
        return switch (ppid) {
            case SampleBook.ASAP, SampleBook.ENRP -> tlvs.mutate(ppid, message, other);
            case M3ua.PPID -> dice.nextInt(3) == 0 ? tlvs.mutate(ppid, message, other) : userPart(message);
            case SampleBook.H248 -> texts.mutate(message, other, LONGEST);
            default -> octets.mutate(message, TlvMutator.LONGEST);
        };
    }

    /** ISUP in M3UA: the lengths around it stay true. */
    private byte[] userPart(final byte[] message) {
        if (message.length <= M3UA_USER_PART) {
            return message;
        }
        final byte[] user = octets.mutate(Arrays.copyOfRange(message, M3UA_USER_PART, message.length), 700);
        final ByteBuffer out = ByteBuffer.allocate(M3UA_USER_PART + (user.length + 3 & ~3));
        out.put(message, 0, M3UA_USER_PART).put(user);
        out.putInt(4, out.limit()).putShort(10, (short) (M3UA_USER_PART - 8 + user.length));
        return out.array();
    }
}
