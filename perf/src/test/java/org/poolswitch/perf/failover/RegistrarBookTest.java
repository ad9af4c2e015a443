// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of the registrars' knowledge, from the lines that nodes print. */
class RegistrarBookTest {
    private static final long MS = 1_000_000L;
    private final RegistrarBook book = new RegistrarBook();

    @BeforeEach
    void everybodyIsUp() {
        event("registrar1", "event up server=a1");
        event("registrar2", "event up server=b2");
        event("registrar3", "event up server=c3");
        event("gwc1", "event up element=e1");
    }

    private void event(final String node, final String line) {
        book.onEvent(NodeEvent.parse(node, line));
    }

    private void removed(final String registrar, final String element, final long atMs) {
        event(registrar, "event element-removed pool=gwc element=" + element + " home=a1 at=" + atMs * MS);
    }

    @Test
    void theLastRegistrarThatRemovesAKilledElementCounts() {
        book.died(new Death(Death.Kind.KILL_GWC, "gwc1", 1_000 * MS));
        removed("registrar2", "e1", 1_031);
        removed("registrar1", "e1", 1_025);
        removed("registrar3", "e2", 1_090);
        assertThat(book.table()).contains("killed, and still listed somewhere").doesNotContain("removed everywhere");
        removed("registrar3", "e1", 1_040);
        assertThat(book.table()).containsPattern("GWC killed: removed everywhere +1 +40\\.0")
            .doesNotContain("still listed");
    }

    @Test
    void aRegistrarThatDiesMeanwhileIsNotWaitedFor() {
        book.died(new Death(Death.Kind.KILL_GWC, "gwc1", 1_000 * MS));
        removed("registrar1", "e1", 1_025);
        book.died(new Death(Death.Kind.KILL_REGISTRAR, "registrar3", 1_026 * MS));
        removed("registrar2", "e1", 1_030);
        assertThat(book.table()).containsPattern("GWC killed: removed everywhere +1 +30\\.0");
    }

    @Test
    void aTakeoverIsTimedByTheHeirsOwnWord() {
        book.died(new Death(Death.Kind.KILL_REGISTRAR, "registrar1", 1_000 * MS));
        event("registrar3", "event takeover server=a1 by=b2 elements=2 at=" + 1_050 * MS);
        assertThat(book.table()).doesNotContain("new home");
        event("registrar2", "event takeover server=a1 by=b2 elements=2 at=" + 1_045 * MS);
        assertThat(book.table()).containsPattern("new home +1 +45\\.0");
    }

    @Test
    void aPausedElementIsNotExpectedToGo() {
        book.died(new Death(Death.Kind.PAUSE_GWC, "gwc1", 1_000 * MS));
        assertThat(book.table()).doesNotContain("still listed");
    }
}
