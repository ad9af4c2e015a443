// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.core.Rig.MS;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.sctp.DownCause;

/**
 * Random commands to an element, and a registrar that dies, is silent or refuses. When all is well again the registrar
 * knows exactly the pools that the element is to be in, each with its newest policy; whatever else it was told has
 * outlived its registration life.
 */
class RandomRegistrationsTest implements QuietListener {
    private static final long LIFE_NS = 20_000 * MS;
    private static final int[] TYPES = {1, 2, 3, 4, 5, 0x40000001, 0x40000002, 0x40000003, 0x40000004};
    private static final long TENTH = 0xffffffffL / 10;

    /** What the registrar holds of one element in one pool. */
    private record Held(byte[] policy, long sinceNs) {
    }

    private final Rig rig = new Rig(Rig.config());
    private final PoolElement element = rig.stack.element(this);
    private final Map<String, Integer> wanted = new TreeMap<>();
    private final Map<String, Held> table = new HashMap<>();
    private int looked;
    private Random dice;

    /** 40 of them; {@code -Dasap.seeds=1000} for a long evening. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("asap.seeds", 40));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theRegistrarEndsUpKnowingWhatIsWanted(final long seed) {
        dice = new Random(seed);
        rig.start();
        for (int step = 0; step < 400; step++) {
            act((byte) ('a' + dice.nextInt(5)));
            rig.settle();
            look();
        }
        rig.registrarUp = true;
        rig.registrarAnswers = true;
        for (int i = 0; i < 400; i++) {
            rig.run(100 * MS);
            look();
        }
        table.values().removeIf(held -> rig.now - held.sinceNs > LIFE_NS);
        final Map<String, Integer> known = new TreeMap<>();
        table.forEach((key, held) -> {
            final String handle = key.substring(0, 1);
            assertThat(known).as("two entries of one pool").doesNotContainKey(handle);
            known.put(handle, ByteBuffer.wrap(held.policy).getInt());
            if (ByteBuffer.wrap(held.policy).getInt() == 5) {
                assertThat(held.policy).isEqualTo(values.get(handle));
            }
        });
        assertThat(known).isEqualTo(wanted);
        assertThat(rig.stack.registrations()).isEqualTo(wanted.size());
    }

    private final Map<String, byte[]> values = new HashMap<>();

    private void act(final byte pool) {
        final byte[] handle = {pool};
        final String name = String.valueOf((char) pool);
        switch (dice.nextInt(12)) {
            case 0, 1 -> {
                final PolicyParameter p = policy(TYPES[dice.nextInt(TYPES.length)]);
                assertThat(element.register(handle, p, null, rig.now)).isTrue();
                wanted.put(name, p.type());
                values.put(name, p.value());
            }
            case 2 -> {
                element.deregister(handle, rig.now);
                wanted.remove(name);
            }
            case 3 -> {
                final PolicyParameter p = policy(TYPES[dice.nextInt(TYPES.length)]);
                assertThat(element.updatePolicy(handle, p, rig.now)).isEqualTo(wanted.containsKey(name));
                if (wanted.containsKey(name)) {
                    wanted.put(name, p.type());
                    values.put(name, p.value());
                }
            }
            case 4 -> element.updateLoad(dice.nextInt(10) * TENTH, rig.now);
            case 5 -> rig.registrarAnswers = dice.nextBoolean();
            case 6 -> {
                rig.registrarUp = dice.nextBoolean();
                final FakeEndpoint.Association r = rig.net.of(Rig.REGISTRAR);
                if (!rig.registrarUp && r != null) {
                    rig.net.down(r, DownCause.PEER_UNREACHABLE);
                    table.clear();
                }
            }
            case 7 -> refuse(handle);
            default -> rig.run((1 + dice.nextInt(dice.nextInt(8) == 0 ? 6000 : 200)) * MS);
        }
    }

    private static PolicyParameter policy(final int type) {
        return PolicyParameter.of(type, 3, 0);
    }

    private void refuse(final byte[] handle) {
        final FakeEndpoint.Association r = rig.net.of(Rig.REGISTRAR);
        if (r != null && r.up) {
            final int cause = dice.nextBoolean() ? 4 : 6;
            table.keySet().removeIf(key -> key.charAt(0) == handle[0]);
            rig.net.message(r, 0, 11, Rig.message(3, 1, Rig.parameter(9, handle), Rig.parameter(14,
                Rig.ints(element.identifier())), Rig.parameter(12, new byte[] {0, (byte) cause, 0, 4})), rig.now);
        }
    }

    /** The registrar's table after what it has been told since the last look. */
    private void look() {
        for (; looked < rig.toRegistrar.size(); looked++) {
            final byte[] m = rig.toRegistrar.get(looked).payload();
            final FakeEndpoint.Association a = rig.net.associations.get(rig.toRegistrar.get(looked).association());
            if (!rig.registrarUp || !rig.registrarAnswers || a.gone) {
                continue;
            }
            final String handle = String.valueOf((char) m[8]);
            final int at = 12;
            if (m[0] == 1) {
                final String id = HexFormat.of().formatHex(m, at + 4, at + 8);
                final ByteBuffer b = ByteBuffer.wrap(m);
                final int transport = b.getShort(at + 18);
                final int policyAt = at + 16 + (transport + 3) / 4 * 4;
                table.put(handle + id, new Held(Arrays.copyOfRange(m, policyAt + 4, policyAt + b.getShort(policyAt
                    + 2)), rig.now));
            } else if (m[0] == 2) {
                table.remove(handle + HexFormat.of().formatHex(m, at + 4, at + 8));
            }
        }
    }
}
