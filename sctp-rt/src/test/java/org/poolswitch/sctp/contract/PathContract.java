// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/** What every transport honours between peers with two addresses each, and when what lies between them fails. */
public abstract class PathContract {
    private static final int PPID = 5;
    private static final long MS = 1_000_000L;
    private static final int PER_ROUND = 500;
    private static final int MOST_ROUNDS = 20;

    private Rig rig;
    private TestPeer a;
    private TestPeer z;

    /** A fresh rig. */
    protected abstract Rig newRig() throws Exception;

    @BeforeEach
    final void setUp() throws Exception {
        rig = newRig();
        assumeTrue(rig.canMultiHome(), "this rig has no peers with several addresses");
        z = rig.pathListener();
        a = rig.pathClient();
    }

    @AfterEach
    final void tearDown() throws Exception {
        rig.close();
    }

    private static InetAddress host(final TestPeer peer, final int path) {
        return peer.endpoint().localAddress().hosts().get(path);
    }

    private List<PathStatus> paths(final TestPeer peer, final int association) throws Exception {
        return rig.on(peer, e -> e.paths(association));
    }

    private boolean bothActive(final TestPeer peer, final int association) {
        try {
            return paths(peer, association).stream().filter(p -> p.state() == PathState.ACTIVE).count() == 2;
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Up, and all paths proven at both ends. */
    private int connectAndConfirm() throws Exception {
        final SctpAddress to = z.endpoint().localAddress();
        final int id = rig.on(a, e -> e.connect(to, rig.nowNs()));
        assertThat(id).isPositive();
        assertThat(rig.await(() -> a.ups().size() == 1 && z.ups().size() == 1)).as("both up").isTrue();
        awaitBothActive(id);
        return id;
    }

    private void awaitBothActive(final int id) throws Exception {
        assertThat(rig.await(() -> bothActive(a, id) && bothActive(z, z.ups().get(0).association())))
            .as("all paths active").isTrue();
    }

    private void send(final int association, final long lifetimeNs, final String text) throws Exception {
        final byte[] b = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(rig.<SendStatus>on(a, e -> e.send(association, 1, PPID, false, lifetimeNs, b, 0, b.length,
            rig.nowNs()))).isEqualTo(SendStatus.ACCEPTED);
    }

    private void sendAll(final int association, final int count) throws Exception {
        sendAll(association, 0, count);
    }

    private void sendAll(final int association, final int from, final int to) throws Exception {
        for (int i = from; i < to; i++) {
            send(association, SctpEndpoint.NO_LIFETIME, "m" + i);
        }
    }

    private void assertAllArrived(final int count) throws Exception {
        assertThat(rig.await(() -> z.messageCount() == count)).as("%d messages", count).isTrue();
        for (int i = 0; i < count; i++) {
            assertThat(z.messages().get(i).text()).isEqualTo("m" + i);
        }
    }

    @Test
    void bothEndsKnowAllAddressesAndHaveTwoPaths() throws Exception {
        final int id = connectAndConfirm();
        assertThat(a.ups().get(0).remote().hosts()).containsExactlyInAnyOrder(host(z, 0), host(z, 1));
        assertThat(a.ups().get(0).remote().host()).isEqualTo(host(z, 0));
        assertThat(z.ups().get(0).remote().hosts()).containsExactlyInAnyOrder(host(a, 0), host(a, 1));
        for (final TestPeer peer : List.of(a, z)) {
            final TestPeer other = peer == a ? z : a;
            final List<PathStatus> paths = paths(peer, peer.ups().get(0).association());
            assertThat(paths).extracting(PathStatus::remote).containsExactlyInAnyOrder(host(other, 0), host(other, 1));
            assertThat(paths).extracting(PathStatus::state).containsOnly(PathState.ACTIVE);
            assertThat(paths).extracting(PathStatus::primary).containsExactly(true, false);
            assertThat(paths).allMatch(p -> p.local().equals(host(peer, p.remote().equals(host(other, 0)) ? 0 : 1)));
        }
        assertThat(paths(a, id + 1000)).isEmpty();
    }

    @Test
    void messagesGoOnWhenOnePathIsCut() throws Exception {
        assumeTrue(rig.canCutPath(), "this rig cannot cut a path");
        final int id = connectAndConfirm();
        rig.cutPath(0);
        sendAll(id, 200);
        assertAllArrived(200);
        assertThat(rig.await(() -> a.pathChanges().stream().anyMatch(c -> c.remoteHost().equals(host(z, 0))
            && (c.state() == PathState.POTENTIALLY_FAILED || c.state() == PathState.INACTIVE)))).as("told").isTrue();
        assertThat(paths(a, id)).filteredOn(p -> p.remote().equals(host(z, 1))).extracting(PathStatus::state)
            .containsExactly(PathState.ACTIVE);
        rig.healPath(0);
        assertThat(rig.await(() -> newest(host(z, 0)) == PathState.ACTIVE)).as("told that it is back").isTrue();
        assertThat(bothActive(a, id)).isTrue();
        // a busy machine may be late on the other path too, for a moment
        assertThat(rig.await(() -> !Boolean.TRUE.equals(a.suspect(id)))).as("not suspect, or no more").isTrue();
        assertThat(a.downCount() + z.downCount()).isZero();
    }

    private PathState newest(final InetAddress remote) {
        return a.pathChanges().stream().filter(c -> c.remoteHost().equals(remote))
            .reduce((one, next) -> next).map(TestPeer.PathChange::state).orElse(null);
    }

    @Test
    void setPrimaryMovesTheTraffic() throws Exception {
        assumeTrue(rig.canMultiHome() && rig.carriedOctets(0) >= 0, "this rig does not count what a path carries");
        final int id = connectAndConfirm();
        assertThat(rig.<Boolean>on(a, e -> e.setPrimary(id, host(a, 0), rig.nowNs()))).as("not the peer's").isFalse();
        assertThat(rig.<Boolean>on(a, e -> e.setPrimary(id + 1000, host(z, 1), rig.nowNs()))).isFalse();
        assertThat(rig.<Boolean>on(a, e -> e.setPrimary(id, host(z, 1), rig.nowNs()))).isTrue();
        assertThat(paths(a, id)).extracting(PathStatus::remote).containsExactly(host(z, 1), host(z, 0));
        assertThat(paths(a, id).get(0).primary()).isTrue();
        boolean moved = false;
        for (int round = 0; !moved && round < (rig.isTimely() ? 1 : MOST_ROUNDS); round++) {
            moved = isCarriedByTheSecond(id, round);
        }
        assertThat(moved).as("carried by the primary path").isTrue();
    }

    /** Whether so many messages more go where the primary path leads. If that answers late, they rightly do not. */
    private boolean isCarriedByTheSecond(final int id, final int round) throws Exception {
        awaitBothActive(id);
        final long before = rig.carriedOctets(0);
        final long beforeMoved = rig.carriedOctets(1);
        sendAll(id, round * PER_ROUND, (round + 1) * PER_ROUND);
        assertAllArrived((round + 1) * PER_ROUND);
        final long moved = rig.carriedOctets(1) - beforeMoved;
        // HEARTBEATs, and what a loss made it try there
        return moved > PER_ROUND * 20L && rig.carriedOctets(0) - before < moved / 4;
    }

    @Test
    void aPeerThatNoPathReachesIsSuspectAndComesBack() throws Exception {
        assumeTrue(rig.canCutPath(), "this rig cannot cut a path");
        final int id = connectAndConfirm();
        rig.cutPath(0);
        rig.cutPath(1);
        send(id, SctpEndpoint.NO_LIFETIME, "m0");
        assertThat(rig.await(() -> Boolean.TRUE.equals(a.suspect(id)))).as("suspect").isTrue();
        rig.healPath(1);
        rig.healPath(0);
        assertThat(rig.await(() -> Boolean.FALSE.equals(a.suspect(id)))).as("well again").isTrue();
        send(id, SctpEndpoint.NO_LIFETIME, "m1");
        assertAllArrived(2);
        assertThat(a.downCount() + z.downCount()).isZero();
    }

    @Test
    void aMessageThatOutlivesItsUseIsAbandonedOnceAndTheAssociationLives() throws Exception {
        assumeTrue(rig.canCutPath(), "this rig cannot cut a path");
        final int id = connectAndConfirm();
        send(id, 20_000 * MS, "m0");
        assertAllArrived(1);
        rig.cutPath(0);
        rig.cutPath(1);
        assertThat(rig.await(() -> Boolean.TRUE.equals(a.suspect(id)))).as("suspect").isTrue();
        send(id, 20 * MS, "too late");
        send(id, SctpEndpoint.NO_LIFETIME, "m1");
        assertThat(rig.await(() -> !a.abandoned().isEmpty())).as("abandoned").isTrue();
        rig.healPath(1);
        rig.healPath(0);
        assertThat(rig.await(() -> Boolean.FALSE.equals(a.suspect(id)))).as("well again").isTrue();
        send(id, 20_000 * MS, "m2");
        assertAllArrived(3);
        assertThat(a.abandoned()).hasSize(1);
        final UndeliveredMessage gone = a.abandoned().get(0);
        assertThat(new String(gone.payload(), StandardCharsets.ISO_8859_1)).isEqualTo("too late");
        assertThat(gone.stream()).isEqualTo(1);
        assertThat(gone.ppid()).isEqualTo(PPID);
        rig.on(a, e -> {
            e.abort(id, rig.nowNs());
            return null;
        });
        assertThat(rig.await(() -> a.down(id) != null)).isTrue();
        assertThat(a.down(id).undelivered()).noneMatch(m -> Arrays.equals(m.payload(), gone.payload()));
    }

    @Test
    void aLifetimeAlsoEndsWhileTheSetUpLasts() throws Exception {
        assumeTrue(rig.canCutPath(), "this rig cannot cut a path");
        rig.cutPath(0);
        rig.cutPath(1);
        final SctpAddress to = z.endpoint().localAddress();
        final int id = rig.on(a, e -> e.connect(to, rig.nowNs()));
        send(id, 20 * MS, "too late");
        send(id, SctpEndpoint.NO_LIFETIME, "m0");
        assertThat(rig.await(() -> a.abandoned().size() == 1)).as("abandoned").isTrue();
        rig.healPath(0);
        rig.healPath(1);
        assertAllArrived(1);
        assertThat(a.abandoned()).hasSize(1);
    }

    @Test
    void theSetUpFindsAPeerWhoseFirstAddressIsCutOff() throws Exception {
        assumeTrue(rig.canCutPath(), "this rig cannot cut a path");
        rig.cutPath(0);
        final SctpAddress to = z.endpoint().localAddress();
        final int id = rig.on(a, e -> e.connect(to, rig.nowNs()));
        sendAll(id, 3);
        assertAllArrived(3);
        assertThat(rig.await(() -> !a.ups().isEmpty())).isTrue();
        assertThat(a.ups()).extracting(TestPeer.Up::association).containsExactly(id);
        assertThat(a.ups().get(0).remote().hosts()).containsExactlyInAnyOrder(host(z, 0), host(z, 1));
        assertThat(a.downCount()).isZero();
    }
}
