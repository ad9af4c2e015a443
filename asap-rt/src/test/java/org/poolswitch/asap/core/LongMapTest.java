// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongMapTest {
    @Test
    void behavesLikeAHashMap() {
        final Random dice = new Random(5);
        final LongMap<Integer> map = new LongMap<>();
        final Map<Long, Integer> model = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            final long key = dice.nextInt(3) == 0 ? dice.nextLong() & 0xff00000000L : dice.nextInt(200) - 100;
            if (dice.nextInt(5) < 3) {
                map.put(key, i);
                model.put(key, i);
            } else {
                assertThat(map.remove(key)).isEqualTo(model.remove(key));
            }
            final long other = dice.nextInt(200) - 100;
            assertThat(map.get(other)).isEqualTo(model.get(other));
            assertThat(map.size()).isEqualTo(model.size());
        }
        model.forEach((k, v) -> assertThat(map.get(k)).isEqualTo(v));
    }
}
