// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.m3ua.M3ua;

/** Messages of real conversations, some of each kind, so that rare ones are not outnumbered. */
final class SampleBook {
    static final int ASAP = 11;
    static final int ENRP = 12;
    static final int H248 = 7;
    static final int RAS = 13;
    private static final int MOST_OF_A_KIND = 24;
    private static final int LONGEST_KEPT = 4096;

    private final Map<Integer, Map<Integer, List<byte[]>>> all = new LinkedHashMap<>();
    private final RandomGenerator dice;

    SampleBook(final RandomGenerator dice) {
        this.dice = dice;
    }

    private static int kind(final int ppid, final byte[] message) {
        if (ppid == M3ua.PPID) {
            // the type of the ISUP message, where DATA with one parameter has it
            return message.length > 26 ? message[26] : 0;
        }
        return ppid == H248 ? message.length / 64 : message[0];
    }

    void add(final int ppid, final byte[] message) {
        if (message.length == 0 || message.length > LONGEST_KEPT) {
            return;
        }
        final List<byte[]> alike = all.computeIfAbsent(ppid, p -> new LinkedHashMap<>())
            .computeIfAbsent(kind(ppid, message), k -> new ArrayList<>());
        if (alike.size() < MOST_OF_A_KIND) {
            alike.add(message);
        } else {
            alike.set(dice.nextInt(MOST_OF_A_KIND), message);
        }
    }

    /** Any message of a protocol; null if none is known. */
    byte[] any(final int ppid) {
        final Map<Integer, List<byte[]>> kinds = all.get(ppid);
        if (kinds == null) {
            return null;
        }
        final List<List<byte[]>> lists = new ArrayList<>(kinds.values());
        final List<byte[]> alike = lists.get(dice.nextInt(lists.size()));
        return alike.get(dice.nextInt(alike.size()));
    }
}
