// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.poolswitch.sctp.SctpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening port at the start of a node. When a process ends, the kernel says goodbye for it (SHUTDOWN, RFC 9260
 * section 9.2), and each association holds the port until its peer has answered; SO_REUSEADDR, with which the next
 * process could listen all the same, the JDK has for no SCTP socket. So whoever starts again waits, unless another
 * process listens there, at one of our addresses, which will not go away.
 *
 * <pre>
 *  /proc/net/sctp/eps:  ENDPT SOCK STY SST HBKT LPORT UID INODE LADDRS      SST = 10: it listens
 * </pre>
 */
final class HeldPort {
    /** The endpoints of this network namespace. */
    static final Path PROC = Path.of("/proc/net/sctp/eps");
    private static final Logger LOG = LoggerFactory.getLogger(HeldPort.class);
    private static final long AGAIN_MILLIS = 100;
    private static final int STATE = 3;
    private static final int PORT = 5;
    private static final int FIRST_ADDRESS = 8;
    private static final String LISTENS = "10";

    private HeldPort() {
    }

    /** Whether somebody listens on this port of one of these addresses, as far as the kernel tells. */
    static boolean isListenedOn(final Path endpoints, final SctpAddress local) {
        try {
            return Files.readAllLines(endpoints, StandardCharsets.US_ASCII).stream()
                .map(line -> line.strip().split(" +")).anyMatch(cells -> cells.length > PORT
                    && cells[STATE].equals(LISTENS) && cells[PORT].equals(Integer.toString(local.port()))
                    && Arrays.stream(cells).skip(FIRST_ADDRESS).anyMatch(address -> isOneOf(local, address)));
        } catch (final IOException e) {
            return false;
        }
    }

    /** Whether one cannot listen there because of the other. The wildcard, his or ours, is every address. */
    private static boolean isOneOf(final SctpAddress local, final String address) {
        final byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
        if (octets == null) {
            return false;
        }
        try {
            // not compared as text: the kernel writes IPv6 addresses out in full, and IPv4 ones perhaps as mapped
            final InetAddress his = InetAddress.getByAddress(octets);
            return his.isAnyLocalAddress()
                || local.hosts().stream().anyMatch(ours -> ours.isAnyLocalAddress() || ours.equals(his));
        } catch (final UnknownHostException e) {
            return false;
        }
    }

    /**
     * Listens, again and again while the port is held.
     *
     * @throws IOException with a sentence for the operator, if it is held for longer or by somebody who listens
     */
    static void listen(final Callable<Void> listen, final SctpAddress local, final Path endpoints, final long waitNs)
        throws Exception {
        final long startNs = System.nanoTime();
        boolean told = false;
        while (true) {
            try {
                listen.call();
                if (told) {
                    LOG.info("SCTP port {} is free after {} ms", local,
                        (System.nanoTime() - startNs) / 1_000_000);
                }
                return;
            } catch (final PortInUse e) {
                if (System.nanoTime() - startNs >= waitNs || isListenedOn(endpoints, local)) {
                    throw e;
                }
            }
            if (!told) {
                told = true;
                LOG.warn("SCTP port {} is in use and nobody listens there: associations of a former process are still "
                    + "saying goodbye; waiting for {} s at most", local, waitNs / 1_000_000_000);
            }
            Thread.sleep(AGAIN_MILLIS);
        }
    }
}
