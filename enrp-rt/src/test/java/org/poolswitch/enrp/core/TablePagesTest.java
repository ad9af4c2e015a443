// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.enrp.wire.HandleTableRequest;
import org.poolswitch.enrp.wire.HandleTableResponse;
import org.poolswitch.enrp.wire.HandleUpdate;
import org.poolswitch.enrp.wire.ListRequest;
import org.poolswitch.enrp.wire.ListResponse;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.runtime.RateLimit;

/** Pages of a table (RFC 5353 sections 3.2.3 and 3.6.3) when a request or its answer is late, lost or asked anew. */
class TablePagesTest {
    private static final long MS = EnrpRig.MS;
    private static final int PEER = 0x22222222;
    private static final int OTHER_CHECKSUM = 0x1234;

    private final EnrpRig rig = new EnrpRig("Table.Elements=2", RegistrarConfig.carrier()
        .withKeepAlive(100_000 * MS, 50_000 * MS));

    private void registered(final int elements) {
        for (int id = 1; id <= elements; id++) {
            rig.register(9, id);
        }
    }

    private static List<Integer> ids(final HandleTableResponse page) {
        final List<Integer> ids = new ArrayList<>();
        page.pools().forEach(pool -> pool.elements().stream().map(PoolElementParameter::identifier)
            .forEach(ids::add));
        return ids;
    }

    private static HandleTableResponse page(final boolean more, final int... ids) {
        final List<PoolElementParameter> elements = new ArrayList<>();
        for (final int id : ids) {
            elements.add(EnrpRig.element(id, PEER));
        }
        return new HandleTableResponse(PEER, EnrpRig.SERVER, false, more,
            List.of(new HandleTableResponse.PoolEntry(EnrpRig.GWC, elements)));
    }

    @Test
    void aPeerThatWasRestartedGetsTheTableFromItsBeginning() {
        registered(6);
        rig.up(1).presence(1, PEER, 0xffff);
        assertThat(ids(rig.page(1, PEER, false))).containsExactly(1, 2);
        // it is killed, and its journal gives it the same identifier
        rig.down(1);
        rig.up(2).presence(2, PEER, 0xffff);
        final HandleTableResponse first = rig.page(2, PEER, false);
        assertThat(ids(first)).as("not where its former life stopped").containsExactly(1, 2);
        assertThat(ids(rig.page(2, PEER, false))).containsExactly(3, 4);
        assertThat(ids(rig.page(2, PEER, false))).containsExactly(5, 6);
    }

    @Test
    void aStrangersPlaceIsForgottenLikeAPeers() {
        registered(6);
        rig.up(1);
        assertThat(ids(rig.page(1, PEER, true))).containsExactly(1, 2);
        rig.pass(1_900 * MS);
        assertThat(ids(rig.page(1, PEER, true))).as("four times Request.Timeout are not over").containsExactly(3, 4);
        rig.pass(2_100 * MS);
        assertThat(ids(rig.page(1, PEER, true))).as("who begins anew gets all").containsExactly(1, 2);
    }

    private List<HandleTableRequest> requests(final List<EnrpRig.Said> said) {
        return EnrpRig.of(HandleTableRequest.class, said);
    }

    /**
     * The peer keeps our place, so that the page that comes first after a download that failed may be one from the
     * middle. What is before it must not count as gone.
     */
    @Test
    void aDownloadThatBeginsAnewInTheMiddleRemovesNobody() {
        rig.up(1).presence(1, PEER, 0xffff);
        for (int id = 1; id <= 6; id++) {
            rig.hear(1, EnrpRig.update(PEER, id, PEER));
        }
        assertThat(rig.server.elements()).isEqualTo(6);
        // a seventh got lost
        assertThat(requests(rig.presence(1, PEER, OTHER_CHECKSUM))).hasSize(1);
        assertThat(requests(rig.hear(1, page(true, 1, 2)))).as("page 1: the next is asked for").hasSize(1);
        // page 2 does not come in time
        for (int i = 0; i < 5; i++) {
            rig.pass(100 * MS);
            rig.presence(1, PEER, OTHER_CHECKSUM);
        }
        rig.pass(MS);
        assertThat(rig.count(EnrpCounter.DOWNLOADS_TIMED_OUT)).isEqualTo(1);
        // but a moment later
        rig.hear(1, page(true, 3, 4));
        boolean asked = false;
        for (int i = 0; i < 8 && !asked; i++) {
            rig.pass(100 * MS);
            asked = !requests(rig.presence(1, PEER, OTHER_CHECKSUM)).isEmpty();
        }
        assertThat(asked).isTrue();
        // the peer goes on where it was
        final List<EnrpRig.Said> next = rig.hear(1, page(false, 5, 6));
        assertThat(rig.server.elements()).as("those of the first pages are still there").isEqualTo(6);
        assertThat(requests(next)).as("from the beginning, now that it is known where that is").hasSize(1);
        rig.hear(1, page(true, 1, 2));
        rig.hear(1, page(true, 3, 4));
        // 5 has gone, 7 is what was missing
        rig.hear(1, page(false, 6, 7));
        assertThat(rig.server.elements()).isEqualTo(6);
        assertThat(rig.server.asap().handlespace().find(EnrpRig.GWC, 5)).isNull();
        assertThat(rig.server.asap().handlespace().find(EnrpRig.GWC, 7)).isNotNull();
    }

    @Test
    void aDownloadThatEndedInGoodOrderIsNotDoneTwice() {
        rig.up(1).presence(1, PEER, 0xffff);
        for (int round = 0; round < 2; round++) {
            assertThat(requests(rig.presence(1, PEER, OTHER_CHECKSUM + round))).hasSize(1);
            assertThat(requests(rig.hear(1, page(true, 1, 2)))).hasSize(1);
            assertThat(requests(rig.hear(1, page(false, 3)))).isEmpty();
            assertThat(rig.server.elements()).isEqualTo(3);
            rig.pass(200 * MS);
            rig.presence(1, PEER, OTHER_CHECKSUM);
            rig.pass(200 * MS);
            rig.presence(1, PEER, OTHER_CHECKSUM);
            rig.pass(101 * MS);
        }
    }

    /** A registrar that goes gives its elements away, also those that registered a moment ago. */
    @Test
    void whatALeavingRegistrarGivesAwayItDoesNotTakeBack() {
        rig.up(1).presence(1, PEER, 0xffff);
        registered(2);
        rig.said.clear();
        rig.server.beginDrain(rig.nowNs);
        final List<HandleUpdate> offers = EnrpRig.of(HandleUpdate.class, rig.said);
        assertThat(offers).hasSize(2).allMatch(HandleUpdate::takeoverSuggested);
        for (final HandleUpdate offer : offers) {
            // our identifier is the larger one, so that of two claims at the same time ours would win
            rig.hear(1, EnrpRig.update(PEER, offer.element().identifier(), PEER));
        }
        assertThat(rig.server.ownedElements()).isZero();
        assertThat(rig.server.isDrained()).isTrue();
    }

    @Test
    void strangersMayNotAskForTheTableAsOftenAsTheyLike() {
        final EnrpRig few = new EnrpRig("Table.Elements=2", RegistrarConfig.carrier().withRates(
            RateLimits.DEFAULT.with("tables", new RateLimit(10, 3)))).up(1).up(2);
        for (int i = 0; i < 3; i++) {
            assertThat(few.page(1, PEER, true)).isNotNull();
        }
        assertThat(few.page(1, PEER, true)).isNull();
        assertThat(few.hear(1, new ListRequest(PEER, EnrpRig.SERVER))).isEmpty();
        assertThat(few.count(EnrpCounter.TABLES_LIMITED)).isEqualTo(2);
        assertThat(few.page(2, PEER + 1, true)).as("others are not made to pay").isNotNull();
        few.pass(100 * MS);
        assertThat(few.hear(1, new ListRequest(PEER, EnrpRig.SERVER))).hasSize(1);
        few.presence(1, PEER, 0xffff);
        for (int i = 0; i < 100; i++) {
            assertThat(few.page(1, PEER, true)).as("a peer's download takes as many pages as it needs").isNotNull();
        }
        few.down(2);
        assertThat(few.up(2).page(2, PEER + 1, true)).isNotNull();
    }

    /** RFC 5353 section 3.2.3 has the table asked for before the first PRESENCE, so a new registrar is a stranger. */
    @Test
    void aNewRegistrarsDownloadIsNotLimited() {
        rig.up(1);
        for (int i = 0; i < 4_000; i++) {
            assertThat(rig.page(1, PEER, false)).as("the pages of a million elements, at once").isNotNull();
        }
        assertThat(rig.count(EnrpCounter.TABLES_LIMITED)).isZero();
    }

    /** RFC 5353 section 3.2.1: an identifier is not 0, so 0 is no other server with ours. */
    @Test
    void aSenderWithoutIdentifierIsNobody() {
        assertThat(rig.up(1).presence(1, 0, 0xffff)).isEmpty();
        assertThat(rig.page(1, 0, false)).isNull();
        assertThat(rig.count(EnrpCounter.DUPLICATE_IDENTIFIER)).isZero();
        assertThat(rig.count(EnrpCounter.MALFORMED)).isEqualTo(2);
        assertThat(rig.server.peers()).isZero();
    }

    /** It was killed and is back within a moment, somewhere else, with the identifier that its journal has. */
    @Test
    void aPeerIsWhereItsNewestPresenceSays() {
        rig.up(1).presence(1, PEER, 0xffff);
        rig.up(3).presence(3, PEER + 1, 0xffff);
        rig.down(1);
        rig.up(2).presence(2, PEER, 0xffff);
        rig.called.clear();
        rig.pass(300 * MS);
        assertThat(rig.called).anyMatch(a -> a.hosts().contains(AsapRig.ip("10.0.0.2")))
            .noneMatch(a -> a.hosts().contains(AsapRig.ip("10.0.0.1")));
        assertThat(EnrpRig.of(ListResponse.class, rig.hear(3, new ListRequest(PEER + 1, EnrpRig.SERVER))).get(0)
            .servers()).singleElement().satisfies(server -> {
                assertThat(server.serverId()).isEqualTo(PEER);
                assertThat(server.transport().addresses()).containsExactly(AsapRig.ip("10.0.0.2"));
            });
    }

    /** The peer list has few places: nobody gets them all by giving itself many names. */
    @Test
    void anAssociationHasOneServerAtItsOtherEnd() {
        rig.up(1);
        for (int id = 1; id <= 100; id++) {
            rig.presence(1, PEER + id, 0xffff);
        }
        assertThat(rig.server.peers()).isEqualTo(1);
        assertThat(rig.count(EnrpCounter.OTHER_SENDERS)).isEqualTo(99);
        assertThat(rig.up(2).presence(2, PEER, 0xffff)).isNotEmpty();
        assertThat(rig.server.peers()).isEqualTo(2);
        rig.down(1);
        rig.up(1).presence(1, PEER + 50, 0xffff);
        assertThat(rig.server.peers()).as("another association, another server").isEqualTo(3);
    }
}
