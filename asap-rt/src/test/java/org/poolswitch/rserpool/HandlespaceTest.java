// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.rserpool.Elements.element;
import static org.poolswitch.rserpool.Elements.hex;
import static org.poolswitch.rserpool.Elements.written;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Who is in which pool, whose they are, and walks that survive changes. */
class HandlespaceTest {
    private static final PoolHandle GWC = PoolHandle.of("gwc");
    private final Handlespace space = new Handlespace(new HandlespaceLimits(3, 6, 4, 256, 0, ChecksumRule.RFC),
        new SplittableRandom(1));

    private static PoolElementParameter rr(final int id, final int home) {
        return element(id, home, PolicyType.ROUND_ROBIN);
    }

    @Test
    void theFirstElementFixesItsPool() {
        assertThat(space.put(GWC, rr(1, 9))).isZero();
        assertThat(space.put(GWC, element(2, 9, PolicyType.RANDOM))).isEqualTo(ErrorCause.INCONSISTENT_POLICY);
        final byte[] policy = PolicyParameter.of(PolicyType.ROUND_ROBIN).value();
        assertThat(space.put(GWC, new PoolElementParameter(2, 9, 1, hex("00050010 00500000 00010008 0a000001"),
            policy))).isEqualTo(ErrorCause.INCONSISTENT_TRANSPORT);
        assertThat(space.put(GWC, new PoolElementParameter(2, 9, 1, hex("00040010 00500000 00010008 0a000001"),
            policy))).isEqualTo(ErrorCause.INCONSISTENT_DATA_CONTROL);
        assertThat(space.elements()).isEqualTo(1);
        assertThat(space.pool(GWC).policyName()).isEqualTo("RR");
        space.remove(space.find(GWC, 1));
        assertThat(space.pool(GWC)).isNull();
        assertThat(space.put(GWC, element(2, 9, PolicyType.RANDOM))).isZero();
        assertThat(space.pool(GWC).policyType()).isEqualTo(PolicyType.RANDOM);
    }

    @Test
    void limits() {
        for (int i = 1; i <= 4; i++) {
            assertThat(space.put(GWC, rr(i, 9))).isZero();
        }
        assertThat(space.put(GWC, rr(5, 9))).as("elements of one pool").isEqualTo(ErrorCause.LACK_OF_RESOURCES);
        assertThat(space.put(GWC, rr(4, 8))).as("known ones may register again").isZero();
        assertThat(space.put(PoolHandle.of("a"), rr(1, 9))).isZero();
        assertThat(space.put(PoolHandle.of("b"), rr(1, 9))).isZero();
        assertThat(space.put(PoolHandle.of("b"), rr(2, 9))).as("elements").isEqualTo(ErrorCause.LACK_OF_RESOURCES);
        space.remove(space.find(GWC, 1));
        assertThat(space.put(PoolHandle.of("c"), rr(1, 9))).as("pools").isEqualTo(ErrorCause.LACK_OF_RESOURCES);
        assertThat(space.put(GWC, new PoolElementParameter(1, 9, 1, new byte[300], hex("00000001"))))
            .as("octets of an element").isNotZero();
        assertThat(space.pools()).isEqualTo(3);
        assertThat(space.elements()).isEqualTo(5);
    }

    @Test
    void anElementKeepsItsOctets() {
        final PoolElementParameter asap = rr(0xa1, 0x11111111);
        final PoolElementParameter enrp = asap.withAsapTransport(Elements.sctp("10.0.0.7", "2001:db8::7"));
        space.put(GWC, enrp);
        final PoolElementEntry e = space.find(GWC, 0xa1);
        assertThat(written(e::writeEnrp)).isEqualTo(written(enrp::write));
        assertThat(written(e::writeAsap)).isEqualTo(written(asap::write));
        assertThat(e.hasAsapTransport()).isTrue();
        assertThat(e.lifeMillis()).isEqualTo(90_000);
        space.changeHome(e, 0x22222222);
        assertThat(e.homeServer()).isEqualTo(0x22222222);
        assertThat(e.parameter().homeServer()).isEqualTo(0x22222222);
        assertThat(space.owned(0x11111111)).isZero();
        assertThat(space.owned(0x22222222)).isEqualTo(1);
        space.put(GWC, asap);
        assertThat(e.hasAsapTransport()).isFalse();
        assertThat(written(e::writeEnrp)).isEqualTo(written(asap::write));
        assertThat(space.owned(0x11111111)).isEqualTo(1);
    }

    /** Values of any policy pass through, also one whose octets are no multiple of four. */
    @Test
    void privatePoliciesPassThrough() {
        final PoolElementParameter odd = new PoolElementParameter(7, 1, 1, Elements.sctp("10.0.0.1"),
            hex("80000077 aabbcc"));
        space.put(GWC, odd);
        assertThat(written(space.find(GWC, 7)::writeAsap)).isEqualTo(written(odd::write));
        final PoolElementParameter both = odd.withAsapTransport(Elements.sctp("10.0.0.2"));
        space.put(GWC, both);
        assertThat(written(space.find(GWC, 7)::writeAsap)).isEqualTo(written(odd::write));
        assertThat(written(space.find(GWC, 7)::writeEnrp)).isEqualTo(written(both::write));
        assertThat(space.pool(GWC).policyName()).isEqualTo("0x80000077");
    }

    private static List<Integer> rest(final HandlespaceCursor cursor) {
        final List<Integer> ids = new ArrayList<>();
        for (PoolElementEntry e = cursor.next(); e != null; e = cursor.next()) {
            ids.add(e.identifier());
        }
        return ids;
    }

    @Test
    void cursorsSurviveChanges() {
        for (int i = 1; i <= 4; i++) {
            space.put(GWC, rr(i, 9));
        }
        space.put(PoolHandle.of("a"), rr(5, 9));
        try (HandlespaceCursor all = space.cursor(); HandlespaceCursor owned = space.cursorOwned(9)) {
            assertThat(all.next().identifier()).isEqualTo(1);
            assertThat(owned.next().identifier()).isEqualTo(1);
            space.remove(space.find(GWC, 2));
            space.changeHome(space.find(GWC, 3), 8);
            assertThat(owned.peek().identifier()).isEqualTo(4);
            assertThat(rest(owned)).containsExactly(4, 5);
            assertThat(rest(all)).containsExactly(3, 4, 5);
        }
        try (HandlespaceCursor all = space.cursor()) {
            while (space.first() != null) {
                space.remove(space.first());
            }
            assertThat(all.next()).isNull();
        }
    }

    /** Random commands, beside maps that are too simple to be wrong. */
    @Test
    void randomCommands() {
        final SplittableRandom random = new SplittableRandom(5353);
        final Handlespace large = new Handlespace(HandlespaceLimits.DEFAULT, random.split());
        final Map<String, Map<Integer, Integer>> model = new LinkedHashMap<>();
        for (int i = 0; i < 60_000; i++) {
            final int range = i < 30_000 ? 400 : 20;
            final String name = "p" + random.nextInt(20);
            final int id = 1 + random.nextInt(range);
            final PoolElementEntry known = large.find(PoolHandle.of(name), id);
            assertThat(known == null ? null : known.homeServer())
                .isEqualTo(model.getOrDefault(name, Map.of()).get(id));
            final int home = 1 + random.nextInt(4);
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (known != null) {
                        large.changeHome(known, home);
                        model.get(name).put(id, home);
                    }
                }
                case 1 -> {
                    if (known != null) {
                        large.remove(known);
                        assertThat(known.present()).isFalse();
                        model.get(name).remove(id);
                        model.computeIfPresent(name, (n, m) -> m.isEmpty() ? null : m);
                    }
                }
                default -> {
                    assertThat(large.put(PoolHandle.of(name), rr(id, home))).isZero();
                    model.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(id, home);
                }
            }
            if (i % 5000 == 0) {
                same(large, model);
            }
        }
        same(large, model);
    }

    private static void same(final Handlespace space, final Map<String, Map<Integer, Integer>> model) {
        final List<String> walked = new ArrayList<>();
        for (PoolElementEntry e = space.first(); e != null; e = e.next()) {
            walked.add(e.pool().handle() + "/" + e.identifier());
        }
        final List<String> expected = new ArrayList<>();
        model.forEach((name, m) -> m.keySet().forEach(id -> expected.add(name + "/" + id)));
        assertThat(walked).isEqualTo(expected);
        assertThat(space.elements()).isEqualTo(expected.size());
        assertThat(space.pools()).isEqualTo(model.size());
        for (int home = 1; home <= 4; home++) {
            int owned = 0;
            for (PoolElementEntry e = space.firstOwned(home); e != null; e = e.nextOwned()) {
                assertThat(e.homeServer()).isEqualTo(home);
                owned++;
            }
            assertThat(space.owned(home)).isEqualTo(owned);
        }
    }
}
