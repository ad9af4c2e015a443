// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.poolswitch.rserpool.Elements.element;
import static org.poolswitch.rserpool.Elements.selected;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The example of docs/policies.md: the text between the marks is the same there. */
class OwnPolicyExampleTest {
    // -- example
    /** The smallest load per weight first: large machines may carry more. Values: load, weight. */
    public static final class WeightedLeastUsed implements RankedPolicy {
        @Override public int type() { return 0x80000001; }

        @Override public String name() { return "WLU"; }

        @Override public long rank(final PolicyValues values, final long front) {
            return (values.field(0) << 16) / Math.max(1, values.field(1));
        }
    }
    // -- example

    @Test
    void itWorks() {
        final Handlespace space = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(1),
            SelectionPolicies.standard().add(new WeightedLeastUsed()));
        final PoolHandle gwc = PoolHandle.of("gwc");
        space.put(gwc, element(1, 9, 0x80000001, 100, 1));
        space.put(gwc, element(2, 9, 0x80000001, 300, 4));
        assertThat(selected(space.pool(gwc), 2)).extracting(PoolElementEntry::identifier).containsExactly(2, 1);
        space.put(gwc, element(2, 9, 0x80000001, 500, 4));
        assertThat(selected(space.pool(gwc), 2)).extracting(PoolElementEntry::identifier).containsExactly(1, 2);
        assertThat(space.pool(gwc).policyName()).isEqualTo("WLU");
    }

    @Test
    void twoOfOneTypeAreRefused() {
        assertThatThrownBy(() -> SelectionPolicies.standard().add(new WeightedLeastUsed()).add(new WeightedLeastUsed()))
            .hasMessage("selection policies WLU and WLU have the same type 0x80000001");
    }

    @Test
    void theDocumentHasThisText() throws Exception {
        final String doc = Files.readString(Path.of("../docs/policies.md"));
        final String source = Files.readString(Path.of(
            "src/test/java/org/poolswitch/rserpool/OwnPolicyExampleTest.java"));
        final String example = source.split("    // -- example\n")[1].replaceAll("(?m)^    ", "");
        assertThat(doc).contains(example);
    }
}
