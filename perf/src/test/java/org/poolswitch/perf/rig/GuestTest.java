// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.perf.Peers;

/** A guest boots, has what the suites need, and says how its script ended. */
class GuestTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void theGuestIsInstalled() {
        Peers.needGuest();
    }

    private Path script(final String text) throws Exception {
        return Files.writeString(folder.resolve("script"), text);
    }

    @Test
    void hasSctpNamespacesAndNetem() throws Exception {
        final List<String> seen = new ArrayList<>();
        final Guest.Result result = new Guest().with("GREETING", "good 'morning'").watchedBy(seen::add).run(script("""
            set -e
            echo "$GREETING"
            cat /proc/sys/net/sctp/udp_port
            ip netns add there
            ip link add a0 type veth peer name z0 netns there
            tc qdisc add dev a0 root netem loss 5%
            exit 7
            """));
        assertThat(result.output()).containsExactly("good 'morning'", "0").isEqualTo(seen);
        assertThat(result.status()).isEqualTo(7);
    }

    @Test
    void isHaltedWhenItTakesTooLong() throws Exception {
        final Guest.Result result = new Guest().within(Duration.ofSeconds(15)).run(script("echo begun; sleep 300"));
        assertThat(result.status()).as("%s", result.text()).isEqualTo(124);
        assertThat(result.output()).startsWith("begun");
    }
}
