// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

import java.net.InetAddress;
import java.util.List;
import org.poolswitch.runtime.Machine;

/**
 * One SCTP port and the associations on it: what both transports (user space over UDP, kernel) and the simulator
 * honour. Owned by one thread. Commands queue; {@link #poll} delivers events; the driver flushes after each batch, so
 * messages sent in one batch share packets.
 */
public interface SctpEndpoint extends Machine {
    /** {@link #connect}: as many associations as the configuration allows exist already. */
    int CONNECT_FULL = -1;
    /** {@link #connect}: the endpoint is closed. */
    int CONNECT_CLOSED = -2;
    /**
     * {@link #connect}: the local port cannot be used towards this peer. In user space there is an association between
     * these ports and addresses already, or another endpoint has the port; in the kernel another socket has it.
     */
    int CONNECT_IN_USE = -3;
    /** A message without a lifetime: it is repeated until it is acknowledged or the association ends. */
    long NO_LIFETIME = Long.MAX_VALUE;

    /** The address this endpoint is bound to. */
    SctpAddress localAddress();

    /**
     * Which of our addresses an association has: all, but for those that the host had lost when it was opened.
     *
     * @return them in order; all of them while the association does not exist or is being made
     */
    default List<InetAddress> localHosts(final int association) {
        return localAddress().hosts();
    }

    /**
     * Opens an association. {@code onAssociationUp} or {@code onAssociationDown} follows. It comes from the port that
     * the configuration names ({@link SctpConfig#sourcePort}), or else from one of its own.
     *
     * @return its identifier, greater than 0, or {@link #CONNECT_FULL}, {@link #CONNECT_CLOSED} or
     *     {@link #CONNECT_IN_USE}
     */
    int connect(SctpAddress remote, long nowNs);

    /**
     * The same from a certain SCTP port (ASSOCIATE after INITIALIZE with a local port, RFC 9260 section 11.1). In user
     * space one port serves associations with many peers, also the port that this endpoint listens on; if the peer
     * calls at the same time from the port that we call, one association comes of both (section 5.2.1). In the kernel
     * it serves one, and not the port that somebody listens on: the JDK cannot share a port.
     *
     * @param localPort 1 to 65535, or 0 for one of its own
     * @return as {@link #connect(SctpAddress, long)}
     * @throws IllegalArgumentException if that is no port
     */
    int connect(SctpAddress remote, int localPort, long nowNs);

    /**
     * What is in the way when {@link #connect(SctpAddress, long)} says {@link #CONNECT_IN_USE}: there is but one
     * association between two endpoints' ports, whoever opened it (RFC 9260 section 1.3), and it serves both.
     *
     * @return the association between the port that this endpoint calls from and a peer; 0 if there is none, if each
     *     association comes from a port of its own, or if the transport does not know
     */
    default int associationWith(final SctpAddress remote) {
        return 0;
    }

    /**
     * Queues one message; the bytes are copied. Allowed from {@link #connect} on: messages wait for the set-up.
     *
     * @param stream    0 to outStreams - 1
     * @param ppid      payload protocol identifier, host order
     * @param unordered true for the U bit (RFC 9260 section 3.3.1)
     */
    default SendStatus send(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        return send(association, stream, ppid, unordered, NO_LIFETIME, buffer, offset, length, nowNs);
    }

    /**
     * The same for a message that is of no use after a while: what the peer has not acknowledged by then is given up
     * and reported by {@link SctpListener#onMessageAbandoned} (timed reliability, RFC 3758 section 4.1). A peer
     * without RFC 3758 still gets what was sent once; then only what never left is given up.
     *
     * @param lifetimeNs how long from now, greater than 0, or {@link #NO_LIFETIME}
     */
    SendStatus send(int association, int stream, int ppid, boolean unordered, long lifetimeNs, byte[] buffer,
        int offset, int length, long nowNs);

    /**
     * Starts the named outgoing streams again at sequence number 0 once all that was sent on them is acknowledged (RFC
     * 6525 section 5.1.2). {@code onStreamsReset} or {@code onStreamResetFailed} follows.
     *
     * @param streams which ones; none means all
     * @return ACCEPTED, FULL while an earlier request is not answered, CLOSED, or INVALID if the peer or the transport
     *     cannot reset streams
     */
    default SendStatus resetStreams(final int association, final int[] streams, final long nowNs) {
        return SendStatus.INVALID;
    }

    /**
     * SET PRIMARY (RFC 9260 section 11.1.5): new messages go to this address of the peer while it is active.
     *
     * @return false if the association does not know the address
     */
    default boolean setPrimary(final int association, final InetAddress remoteHost, final long nowNs) {
        return false;
    }

    /** The association's paths (STATUS, RFC 9260 section 11.1.8), the primary first; empty if it does not exist. */
    default List<PathStatus> paths(final int association) {
        return List.of();
    }

    /** Sends a HEARTBEAT now (REQUEST HEARTBEAT, RFC 9260 section 11.1): is anybody there? A no-op in the kernel. */
    void probe(int association, long nowNs);

    /** Graceful end: what is queued is delivered first (RFC 9260 section 9.2). */
    void shutdown(int association, long nowNs);

    /** Ends at once with ABORT (RFC 9260 section 9.1). {@code onAssociationDown(LOCAL_ABORT)} follows. */
    void abort(int association, long nowNs);

    /** When anything was last heard from the peer, or {@link Long#MIN_VALUE} if never or unknown. */
    long lastHeardNs(int association);

    /**
     * When the newest HEARTBEAT that the peer acknowledged was sent, or {@link Long#MIN_VALUE} if none was or the
     * transport does not know. Unlike {@link #lastHeardNs} this cannot be a packet that waited in our own socket: after
     * a pause of ours, only an answer to what we sent since then proves that the peer still holds the association.
     */
    default long probeAnsweredNs(final int association) {
        return Long.MIN_VALUE;
    }

    /** Smoothed round trip time in ns, or -1 while unknown. */
    long smoothedRttNs(int association);

    /**
     * Delivers up to {@code limit} queued events.
     *
     * @return how many were delivered
     */
    int poll(SctpListener listener, int limit, long nowNs);

    /**
     * The thread that owns this endpoint did not run for {@code pausedNs}: timers that expired meanwhile prove nothing
     * about peers. Called by the driver before any input or deadline that arrived meanwhile.
     */
    default void onClockJump(final long pausedNs, final long nowNs) {
    }

    /** Builds and hands out the packets that are due. Called by the driver after each batch. */
    void flush(long nowNs);

    /** Aborts every association and releases sockets. Idempotent. */
    void close(long nowNs);
}
