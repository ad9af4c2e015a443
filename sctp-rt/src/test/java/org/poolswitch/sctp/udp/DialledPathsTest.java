// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.udp.DialledPaths.Way;

/** Ways are shared while they are used, linger when they are not, and are closed in time. */
class DialledPathsTest implements DialledPaths.Dialler {
    private static final long LINGER = 1000;

    private final List<Way> open = new ArrayList<>();
    private final DialledPaths paths = new DialledPaths(this, LINGER, 3);

    @Override
    public boolean dial(final Way way, final long nowNs) {
        return open.add(way);
    }

    @Override
    public void hangUp(final Way way) {
        assertThat(open.remove(way)).isTrue();
    }

    private static Way way(final int port) {
        final InetAddress host = InetAddress.getLoopbackAddress();
        return new Way(host, new InetSocketAddress(host, port));
    }

    @Test
    void eachWayLingersFromTheTimeThatNobodyUsesIt() {
        assertThat(paths.acquire(way(1), 0)).isTrue();
        assertThat(paths.acquire(way(1), 0)).isTrue();
        assertThat(paths.acquire(way(2), 0)).isTrue();
        assertThat(open).as("shared").containsExactly(way(1), way(2));
        paths.release(way(1), 10);
        paths.release(way(2), 20);
        paths.expire(20 + LINGER - 1);
        assertThat(open).hasSize(2);
        paths.release(way(1), 500);
        paths.expire(20 + LINGER);
        assertThat(open).containsExactly(way(1));
        paths.expire(500 + LINGER - 1);
        assertThat(open).containsExactly(way(1));
        paths.expire(500 + LINGER);
        assertThat(open).isEmpty();
    }

    @Test
    void aWayThatIsUsedAgainIsAFreshOneAndDoesNotExpire() {
        paths.acquire(way(1), 0);
        paths.release(way(1), 0);
        paths.acquire(way(1), 500);
        assertThat(open).hasSize(1);
        paths.expire(LINGER);
        assertThat(open).hasSize(1);
        paths.release(way(1), 2000);
        paths.expire(2000 + LINGER - 1);
        assertThat(open).hasSize(1);
        paths.expire(2000 + LINGER);
        assertThat(open).isEmpty();
    }

    @Test
    void waysThatLingerCountForTheLimit() {
        for (int port = 1; port <= 3; port++) {
            assertThat(paths.acquire(way(port), 0)).isTrue();
        }
        assertThat(paths.acquire(way(4), 0)).isFalse();
        paths.release(way(1), 0);
        assertThat(paths.acquire(way(4), 0)).isFalse();
        paths.expire(LINGER);
        assertThat(paths.acquire(way(4), LINGER)).isTrue();
    }
}
