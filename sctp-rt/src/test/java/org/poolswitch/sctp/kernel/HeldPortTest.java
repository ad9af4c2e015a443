// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.sctp.SctpAddress;

/** A port that is in use when a node starts: whose it is, and how long that is waited for. */
class HeldPortTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final SctpAddress LOCAL = at("10.1.0.2", 3863);
    private static final List<String> ENDPOINTS = List.of(
        " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS",
        "0000000061b1e4ed 00000000b3a1dd4f 2   10  7    2905      0  4242 10.1.0.2 ",
        "00000000a2a4f7b1 000000004e1f19a6 2   7   23   3863      0     0 10.1.0.2 ",
        "000000007c1f5b02 00000000c21d7f60 2   10  23   3863      0  4243 10.1.0.3 10.2.0.3 ",
        "00000000d0c3e9aa 00000000a0f8f7c4 2   10  9    3868      0  4244 fd00:0077:0000:0000:0000:0000:0000:0002 "
            + "0000:0000:0000:0000:0000:ffff:0a01:0004 ",
        "0000000019b1e4ed 000000007fa1dd4f 2   10  11   2944      0  4245 0.0.0.0 ",
        "00000000e3a2f7b1 00000000ae1f19a6 2   10  12   2945      0  4246 0000:0000:0000:0000:0000:0000:0000:0000 ");

    @TempDir
    private Path directory;
    private int tries;

    private static SctpAddress at(final String host, final int port) {
        try {
            return SctpAddress.of(InetAddress.getByName(host), port, 0);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private boolean isListenedOn(final String host, final int port) throws Exception {
        return HeldPort.isListenedOn(endpoints(), at(host, port));
    }

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
        assertThat(isListenedOn("10.1.0.2", 2905)).isTrue();
        assertThat(isListenedOn("10.1.0.2", 3863)).isFalse();
        assertThat(isListenedOn("10.1.0.2", 290)).isFalse();
        assertThat(HeldPort.isListenedOn(directory.resolve("none"), at("10.1.0.2", 2905))).isFalse();
    }

    /** Another node on this machine, with the same port of another address, is in nobody's way. */
    @Test
    void whoListensAtAnotherAddressIsNotInTheWay() throws Exception {
        assertThat(isListenedOn("10.2.0.3", 3863)).as("his second").isTrue();
        assertThat(isListenedOn("10.2.0.2", 3863)).isFalse();
        assertThat(HeldPort.isListenedOn(endpoints(), new SctpAddress(List.of(InetAddress.getByName("10.9.0.3"),
            InetAddress.getByName("10.1.0.3")), 3863, 0))).as("our second").isTrue();
        HeldPort.listen(() -> refuse(3), LOCAL, endpoints(), HOUR);
        assertThat(tries).isEqualTo(4);
    }

    @Test
    void addressesAreComparedHoweverTheyAreWritten() throws Exception {
        assertThat(isListenedOn("fd00:77::2", 3868)).isTrue();
        assertThat(isListenedOn("fd00:77::3", 3868)).isFalse();
        assertThat(isListenedOn("10.1.0.4", 3868)).as("mapped").isTrue();
    }

    @Test
    void theWildcardIsEveryAddress() throws Exception {
        assertThat(isListenedOn("10.1.0.2", 2944)).isTrue();
        assertThat(isListenedOn("10.1.0.2", 2945)).isTrue();
        assertThat(isListenedOn("fd00:77::2", 2945)).isTrue();
        assertThat(isListenedOn("0.0.0.0", 2905)).as("ours").isTrue();
        assertThat(isListenedOn("::", 2905)).as("ours").isTrue();
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
        final SctpAddress taken = at("10.1.0.2", 2905);
        assertThatThrownBy(() -> HeldPort.listen(() -> refuse(Integer.MAX_VALUE), taken, endpoints, HOUR))
            .isInstanceOf(PortInUse.class);
        assertThat(tries).isOne();
    }
}
