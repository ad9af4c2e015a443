// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import org.poolswitch.sctp.SctpAddress;

/**
 * The datagram driver's settings.
 *
 * @param encapsulationPort   UDP port that a listening endpoint binds. 9899, IANA's (RFC 6951 section 6)
 * @param socketBufferOctets  asked for in each direction of each socket. 4 MiB: 0.3 s at 100 Mbit/s, so that a pause of
 *                            the collector loses nothing; the host's limit may be lower
 * @param maxDatagramOctets   longest datagram received, the rest is dropped. 65,527: what UDP over IPv4 can carry, for
 *                            kernel peers on a loopback with a large MTU
 * @param datagramsPerRead    datagrams taken from one peer's socket before the next has a turn. 64
 * @param strangersPerRead    the same for a listening socket, where everybody may send: a stranger's INIT costs 10 µs
 *                            and known peers wait for so many of them at most. 8
 * @param maxDialledPaths     remote UDP ports that own associations may go to. 4096: files are a limited resource
 * @param maxWatchedPaths     peers that called us which get a connected socket too, so that ICMP tells when their
 *                            process is gone; 256, for each costs a file; 0 = none
 * @param pathLingerNs        how long the socket of an ended association still answers. 2 s: the longest that a lost
 *                            SHUTDOWN COMPLETE is repeated for by the carrier profile
 */
public record UdpConfig(int encapsulationPort, int socketBufferOctets, int maxDatagramOctets, int datagramsPerRead,
    int strangersPerRead, int maxDialledPaths, int maxWatchedPaths, long pathLingerNs) {

    public UdpConfig {
        if (encapsulationPort < 1 || encapsulationPort > 65535) {
            throw new IllegalArgumentException("the encapsulation port is 1 to 65535, not " + encapsulationPort);
        }
        if (socketBufferOctets < maxDatagramOctets) {
            throw new IllegalArgumentException("a socket buffer of " + socketBufferOctets + " octets cannot hold one "
                + "datagram of " + maxDatagramOctets);
        }
        if (maxDatagramOctets < 576 || maxDatagramOctets > 65_527) {
            throw new IllegalArgumentException("datagrams are 576 to 65527 octets, not " + maxDatagramOctets);
        }
        if (datagramsPerRead < 1 || strangersPerRead < 1 || maxDialledPaths < 1 || maxWatchedPaths < 0
            || pathLingerNs < 0) {
            throw new IllegalArgumentException("a driver must read one datagram, dial one path, watch 0 or more and "
                + "linger 0 or longer");
        }
    }

    /** The defaults. */
    public static UdpConfig defaults() {
        return withPort(SctpAddress.DEFAULT_ENCAPSULATION_PORT);
    }

    /** The defaults with another encapsulation port. */
    public static UdpConfig withPort(final int encapsulationPort) {
        return new UdpConfig(encapsulationPort, 4 << 20, 65_527, 64, 8, 4096, 256, 2_000_000_000L);
    }
}
