// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PolicyType;

/**
 * Changes ASAP, ENRP and M3UA messages parameter by parameter; their lengths are right again afterwards, so that they
 * get deep. Many become as long as a message can be.
 */
final class TlvMutator {
    /** Longest message that its own length field can tell. */
    static final int LONGEST = 65_535;
    private static final int PPID_ASAP = 11;
    private static final int[] TYPES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0x803f, 0x3fff, 0x4001,
        0x8001, 0xc001, 0xffff};
    private static final int[] POLICIES = {PolicyType.ROUND_ROBIN, PolicyType.WEIGHTED_ROUND_ROBIN, PolicyType.RANDOM,
        PolicyType.WEIGHTED_RANDOM, PolicyType.PRIORITY, PolicyType.LEAST_USED, PolicyType.LEAST_USED_DEGRADATION,
        PolicyType.PRIORITY_LEAST_USED, PolicyType.RANDOMIZED_LEAST_USED, PolicyType.WEIGHTED_RANDOM_DPF,
        PolicyType.LEAST_USED_DPF, PolicyType.PRIORITY_LEAST_USED_DEGRADATION, PolicyType.ADAPTIVE, 0x7f};
    private final RandomGenerator dice;
    private final OctetMutator octets;

    TlvMutator(final RandomGenerator dice) {
        this.dice = dice;
        octets = new OctetMutator(dice);
    }

    /** Octets before the first parameter. */
    private static int header(final int ppid, final byte[] message) {
        if (ppid == M3ua.PPID) {
            return 8;
        }
        if (ppid == PPID_ASAP) {
            return message[0] == AsapType.ENDPOINT_KEEP_ALIVE || message[0] == AsapType.SERVER_ANNOUNCE ? 8 : 4;
        }
        return switch (message[0]) {
            case EnrpType.HANDLE_UPDATE, EnrpType.INIT_TAKEOVER, EnrpType.INIT_TAKEOVER_ACK,
                EnrpType.TAKEOVER_SERVER -> 16;
            default -> 12;
        };
    }

    /** @param other a message of the same protocol, from which something may be taken */
    byte[] mutate(final int ppid, final byte[] message, final byte[] other) {
        final int header = Math.min(message.length, header(ppid, message));
        final byte[] head = Arrays.copyOf(message, header);
        final Tlv root = root(message, header);
        final int donorHeader = Math.min(other.length, header(ppid, other));
        final Tlv donor = root(other, donorHeader);
        for (int n = dice.nextInt(4); n > 0; n--) {
            change(root, donor);
        }
        if (dice.nextInt(3) == 0) {
            grow(root, goal() - header);
        }
        if (dice.nextInt(8) == 0) {
            mutateHead(head);
        }
        return message(ppid, head, root);
    }

    private static Tlv root(final byte[] message, final int header) {
        return new Tlv(0, new byte[0], Tlv.read(ByteBuffer.wrap(message, header, message.length - header)));
    }

    private void mutateHead(final byte[] head) {
        if (head.length > 4 && dice.nextBoolean()) {
            ByteBuffer.wrap(head).putInt(4 * (1 + dice.nextInt(head.length / 4 - 1)), octets.border());
        } else if (head.length >= 2) {
            head[dice.nextInt(2)] = (byte) (dice.nextBoolean() ? dice.nextInt(17) : dice.nextInt(256));
        }
    }

    private byte[] message(final int ppid, final byte[] head, final Tlv root) {
        final ByteBuffer out = ByteBuffer.allocate(head.length + root.length() + 8);
        out.put(head);
        int end = out.position();
        for (final Tlv tlv : root.inside) {
            tlv.write(out);
            end = out.position();
        }
        final int length = ppid == M3ua.PPID ? end : Math.min(end, LONGEST);
        if (head.length >= 8 && ppid == M3ua.PPID) {
            out.putInt(4, length);
        } else if (head.length >= 4) {
            out.putShort(2, (short) length);
        }
        return Arrays.copyOf(out.array(), Math.max(1, length));
    }

    /** Most often as long as a message can be, or nearly. */
    private int goal() {
        return switch (dice.nextInt(4)) {
            case 0 -> LONGEST - dice.nextInt(12);
            case 1 -> LONGEST - dice.nextInt(3_000);
            case 2 -> dice.nextInt(LONGEST);
            default -> 1 << dice.nextInt(17);
        };
    }

    private Tlv any(final Tlv root) {
        final List<Tlv> all = new ArrayList<>();
        root.inside.forEach(tlv -> tlv.collect(all));
        return all.isEmpty() ? root : all.get(dice.nextInt(all.size()));
    }

    private Tlv holder(final Tlv root) {
        final Tlv tlv = any(root);
        return tlv.inside.isEmpty() || dice.nextInt(3) == 0 ? root : tlv;
    }

    private void change(final Tlv root, final Tlv donor) {
        final Tlv tlv = any(root);
        final Tlv holder = holder(root);
        final int place = dice.nextInt(holder.inside.size() + 1);
        switch (dice.nextInt(9)) {
            case 0 -> tlv.type = TYPES[dice.nextInt(TYPES.length)];
            case 1 -> tlv.fixed = octets.mutate(tlv.fixed, LONGEST);
            case 2 -> word(tlv);
            case 3 -> holder.inside.add(place, any(donor).copy());
            case 4 -> {
                if (!holder.inside.isEmpty()) {
                    holder.inside.remove(Math.min(place, holder.inside.size() - 1));
                }
            }
            case 5 -> repeat(holder, 1 + dice.nextInt(300), LONGEST - root.length());
            case 6 -> nest(holder, 1 + dice.nextInt(200));
            case 7 -> tlv.fixed = new byte[length()];
            default -> holder.inside.add(place, new Tlv(TYPES[dice.nextInt(TYPES.length)], new byte[length()],
                new ArrayList<>()));
        }
    }

    private int length() {
        return switch (dice.nextInt(3)) {
            case 0 -> dice.nextInt(9);
            case 1 -> dice.nextInt(1_100);
            default -> dice.nextInt(9_000);
        };
    }

    private void word(final Tlv tlv) {
        if (tlv.fixed.length >= 4) {
            ByteBuffer.wrap(tlv.fixed).putInt(4 * dice.nextInt(tlv.fixed.length / 4), tlv.type == ParameterType.POLICY
                && dice.nextBoolean() ? POLICIES[dice.nextInt(POLICIES.length)] : octets.border());
        }
    }

    /** One of a list's parameters many times, each perhaps with other numbers. */
    private void repeat(final Tlv holder, final int times, final int room) {
        if (holder.inside.isEmpty()) {
            return;
        }
        final Tlv one = holder.inside.get(dice.nextInt(holder.inside.size()));
        final boolean vary = dice.nextInt(4) > 0;
        int left = room;
        for (int i = 0; i < times && left >= one.length(); i++) {
            final Tlv more = one.copy();
            if (vary && more.fixed.length >= 4) {
                ByteBuffer.wrap(more.fixed).putInt(0, more.type == ParameterType.SCTP_TRANSPORT
                    ? (dice.nextInt(0xffff) << 16) + 1 : dice.nextInt());
            }
            left -= one.length();
            holder.inside.add(more);
        }
    }

    private void nest(final Tlv holder, final int depth) {
        if (holder.inside.isEmpty()) {
            return;
        }
        final int place = dice.nextInt(holder.inside.size());
        Tlv tlv = holder.inside.get(place);
        for (int i = 0; i < depth; i++) {
            tlv = new Tlv(tlv.type, tlv.fixed.clone(), new ArrayList<>(List.of(tlv)));
        }
        holder.inside.set(place, tlv);
    }

    /** Up to a length, by a longer value or by more of the same. */
    private void grow(final Tlv root, final int goal) {
        final int missing = goal - root.length();
        if (missing <= 0) {
            return;
        }
        if (dice.nextInt(3) == 0) {
            repeat(holder(root), Integer.MAX_VALUE, missing);
            return;
        }
        final Tlv tlv = any(root);
        if (dice.nextInt(3) == 0) {
            tlv.type = dice.nextBoolean() ? ParameterType.OPAQUE_TRANSPORT : TYPES[dice.nextInt(TYPES.length)];
        }
        if (tlv != root) {
            tlv.fixed = Arrays.copyOf(tlv.fixed, tlv.fixed.length + missing);
        }
    }
}
