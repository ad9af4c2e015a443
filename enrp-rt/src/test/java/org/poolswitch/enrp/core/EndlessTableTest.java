// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.enrp.wire.HandleTableRequest;
import org.poolswitch.enrp.wire.HandleTableResponse;

/** A peer whose table has no last page (RFC 5353 section 3.2.3: M bit) keeps nobody from serving. */
class EndlessTableTest {
    private static final long MS = EnrpRig.MS;
    private static final int PEER = 0x22222222;

    private final List<Integer> events = new ArrayList<>();
    private final EnrpRig rig = new EnrpRig("Download.Timeout=5s", RegistrarConfig.carrier(), new MeshObserver() {
        @Override
        public void onDownloadEndless(final int peer) {
            events.add(peer);
        }
    }, List.of(1, 2));

    private static HandleTableResponse page(final int from, final boolean more, final int id) {
        return new HandleTableResponse(from, EnrpRig.SERVER, false, more,
            List.of(new HandleTableResponse.PoolEntry(EnrpRig.GWC, List.of(EnrpRig.element(id, from)))));
    }

    /** The mentor answers each request after a moment, with a page that is not the last. */
    private int pages(final int association, final int from, final long ns) {
        int asked = 0;
        boolean again = true;
        for (long t = 0; t < ns && again; t += 20 * MS) {
            rig.pass(20 * MS);
            again = !EnrpRig.of(HandleTableRequest.class, rig.hear(association, page(from, true, 1 + asked))).isEmpty();
            asked++;
        }
        return asked;
    }

    @Test
    void aStartingRegistrarServesAfterAll() {
        rig.up(1);
        assertThat(EnrpRig.of(HandleTableRequest.class, rig.presence(1, PEER, 0xffff))).hasSize(1);
        pages(1, PEER, 4_900 * MS);
        assertThat(rig.server.isInService()).as("a long table is waited for").isFalse();
        assertThat(pages(1, PEER, 60_000 * MS)).as("but not for ever").isLessThan(10);
        rig.pass(0);
        assertThat(rig.server.isInService()).isTrue();
        assertThat(rig.server.elements()).as("what came is kept").isGreaterThan(100);
        assertThat(events).containsExactly(PEER);
        assertThat(rig.count(EnrpCounter.DOWNLOADS_ENDLESS)).isEqualTo(1);
    }

    @Test
    void anotherMentorIsAskedFirst() {
        rig.up(1).up(2);
        rig.presence(1, PEER, 0xffff);
        rig.presence(2, PEER + 1, 0xffff);
        int next = 1;
        for (int i = 0; i < 1_000 && next == 1; i++) {
            rig.pass(20 * MS);
            rig.presence(2, PEER + 1, 0xffff);
            next = rig.hear(1, page(PEER, true, 1)).stream().filter(s -> s.message() instanceof HandleTableRequest)
                .mapToInt(EnrpRig.Said::association).findFirst().orElse(0);
        }
        assertThat(next).as("who is asked after the first").isEqualTo(2);
        assertThat(rig.server.isInService()).isFalse();
        rig.hear(2, page(PEER + 1, false, 5));
        assertThat(rig.server.isInService()).isTrue();
        assertThat(events).containsExactly(PEER);
    }

    @Test
    void anAuditEndsToo() {
        final EnrpRig serving = new EnrpRig("Download.Timeout=1s");
        serving.up(1).presence(1, PEER, 0xffff);
        serving.hear(1, EnrpRig.update(PEER, 99, PEER));
        assertThat(EnrpRig.of(HandleTableRequest.class, serving.presence(1, PEER, 0x1234))).hasSize(1);
        for (int i = 0; i < 60; i++) {
            serving.pass(20 * MS);
            serving.hear(1, page(PEER, true, 1));
        }
        assertThat(serving.count(EnrpCounter.DOWNLOADS_ENDLESS)).isEqualTo(1);
        assertThat(serving.server.elements()).as("nobody is gone because of what did not come").isEqualTo(2);
    }
}
