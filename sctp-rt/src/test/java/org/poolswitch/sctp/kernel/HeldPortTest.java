// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.sctp.SctpAddress;

/** A port that is in use when a node starts: whose it is, and how long that is waited for. */
class HeldPortTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final SctpAddress LOCAL = SctpAddress.of(InetAddress.getLoopbackAddress(), 3863, 0);
    private static final List<String> ENDPOINTS = List.of(
        " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS",
        "0000000061b1e4ed 00000000b3a1dd4f 2   10  7    2905      0  4242 10.1.0.2 ",
        "00000000a2a4f7b1 000000004e1f19a6 2   7   23   3863      0     0 10.1.0.2 ");

    @TempDir
    private Path directory;
    private int tries;

    private Path endpoints() throws Exception {
        return Files.write(directory.resolve("eps"), ENDPOINTS);
    }

    private Void refuse(final int times) throws PortInUse {
        if (tries++ < times) {
            throw new PortInUse("SCTP port 3863 is in use", new BindException());
        }
        return null;
    }

    @Test
    void whoListensIsToldFromWhoSaysGoodbye() throws Exception {
        assertThat(HeldPort.isListenedOn(endpoints(), 2905)).isTrue();
        assertThat(HeldPort.isListenedOn(endpoints(), 3863)).isFalse();
        assertThat(HeldPort.isListenedOn(endpoints(), 290)).isFalse();
        assertThat(HeldPort.isListenedOn(directory.resolve("none"), 2905)).isFalse();
    }

    @Test
    void aPortThatIsHeldIsTriedUntilItIsFree() throws Exception {
        HeldPort.listen(() -> refuse(3), LOCAL, endpoints(), HOUR);
        assertThat(tries).isEqualTo(4);
    }

    @Test
    void nobodyWaitsForLongerThanHeMay() throws Exception {
        final Path endpoints = endpoints();
        assertThatThrownBy(() -> HeldPort.listen(() -> refuse(Integer.MAX_VALUE), LOCAL, endpoints, 1))
            .isInstanceOf(PortInUse.class);
        assertThatThrownBy(() -> HeldPort.listen(() -> refuse(Integer.MAX_VALUE), LOCAL, endpoints, 0))
            .isInstanceOf(PortInUse.class);
    }

    @Test
    void nobodyWaitsForAPortOnWhichAnotherListens() throws Exception {
        final Path endpoints = endpoints();
        final SctpAddress taken = SctpAddress.of(InetAddress.getLoopbackAddress(), 2905, 0);
        assertThatThrownBy(() -> HeldPort.listen(() -> refuse(Integer.MAX_VALUE), taken, endpoints, HOUR))
            .isInstanceOf(PortInUse.class);
        assertThat(tries).isOne();
    }
}
