// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

/**
 * Settings of the kernel transport. Retransmission limits and timers are not among them: only the host's
 * {@code net.sctp} settings have those.
 *
 * @param streams             streams asked for in each direction (RFC 9260 section 5.1.1). 4096, as in user space
 * @param maxAssociations     associations at a time. 4096: each is a file of the process
 * @param sendQueueOctets     payload that may wait in this process per association before a send says FULL, of one
 *                            message at most for each 256 octets of it. 1 MiB: 0.1 s at 100 Mbit/s
 * @param kernelBufferOctets  the socket's send buffer. 128 KiB: what the kernel may hold unacknowledged, which is also
 *                            how much is kept here so that a lost association's messages can be handed back
 * @param maxMessageOctets    longest message either way. 256 KiB
 * @param connectTimeoutNs    set-up time at most. 3 s: two retransmissions of INIT at the kernel's default of 1 s
 * @param shutdownTimeoutNs   an end that takes longer, graceful or after a failed write, becomes an ABORT. 5 s
 * @param lossSettleNs        after a failed write, how long the kernel must be quiet until its own words on the loss
 *                            are waited for no longer. 100 ms
 * @param backlog             associations set up by the kernel and not yet taken over by the loop. 512
 * @param portWaitNs          how long a listening endpoint waits at its start for its port, if associations of a former
 *                            process still hold it; 0 = not at all. 30 s: half of Linux's default RTO.Max, within
 *                            which a peer that lives answers a repeated SHUTDOWN unless several are lost
 * @param messagesPerRead     messages taken from one association before others have a turn. 16, as the shard has in a
 *                            pass
 * @param maxQueuedEvents     events that wait for poll, all associations together, give or take the messages of one
 *                            read; then nothing is read and nobody is accepted until half of them are taken, and the
 *                            kernel closes its windows. 65536, as Events.Max in user space
 * @param maxQueuedOctets     payload in these events, give or take the same, with the same consequence. 128 MiB, as
 *                            Receive.Total in user space: events of the longest messages alone would be 16 GiB
 * @param sendTotalOctets     the same as sendQueueOctets for all associations of an endpoint together. 128 MiB, as
 *                            Send.Total in user space: 4096 full queues would be 4 GiB
 */
public record KernelConfig(int streams, int maxAssociations, int sendQueueOctets, int kernelBufferOctets,
    int maxMessageOctets, long connectTimeoutNs, long shutdownTimeoutNs, long lossSettleNs, int backlog,
    long portWaitNs, int messagesPerRead, int maxQueuedEvents, long maxQueuedOctets, long sendTotalOctets) {

    private static final long MS = 1_000_000L;

    public KernelConfig {
        if (streams < 1 || streams > 65535) {
            throw new IllegalArgumentException("an association has 1 to 65535 streams, not " + streams);
        }
        if (maxAssociations < 1 || backlog < 1 || maxMessageOctets < 1 || messagesPerRead < 1
            || maxQueuedEvents < 1 || maxQueuedOctets < 1) {
            throw new IllegalArgumentException("associations, backlog, message length, messages per read, queued "
                + "events and queued octets must be at least 1");
        }
        if (Math.min(sendQueueOctets, sendTotalOctets) < maxMessageOctets) {
            throw new IllegalArgumentException("a send queue of " + sendQueueOctets + " octets, and all of them of "
                + sendTotalOctets + ", cannot hold one message of " + maxMessageOctets);
        }
        if (kernelBufferOctets < 4096) {
            throw new IllegalArgumentException("a kernel buffer below 4096 octets sends nothing");
        }
        if (portWaitNs < 0) {
            throw new IllegalArgumentException("nobody waits a negative time for a port");
        }
        if (connectTimeoutNs < MS || shutdownTimeoutNs < MS || lossSettleNs < MS) {
            throw new IllegalArgumentException("the kernel transport's times are at least 1 ms");
        }
    }

    /** The defaults. */
    public static KernelConfig defaults() {
        return new KernelConfig(4096, 4096, 1 << 20, 128 << 10, 256 << 10, 3000 * MS, 5000 * MS, 100 * MS, 512,
            30_000 * MS, 16, 65_536, 128L << 20, 128L << 20);
    }

    /** The same with another send queue. */
    public KernelConfig withSendQueueOctets(final int octets) {
        return new KernelConfig(streams, maxAssociations, octets, kernelBufferOctets,
            Math.min(octets, maxMessageOctets), connectTimeoutNs, shutdownTimeoutNs, lossSettleNs, backlog,
            portWaitNs, messagesPerRead, maxQueuedEvents, maxQueuedOctets, sendTotalOctets);
    }

    /** The same with another send queue for all together. */
    public KernelConfig withSendTotalOctets(final long octets) {
        return new KernelConfig(streams, maxAssociations, sendQueueOctets, kernelBufferOctets, maxMessageOctets,
            connectTimeoutNs, shutdownTimeoutNs, lossSettleNs, backlog, portWaitNs, messagesPerRead, maxQueuedEvents,
            maxQueuedOctets, octets);
    }

    /** The same with another wait for a port that is held. */
    public KernelConfig withPortWaitNs(final long ns) {
        return new KernelConfig(streams, maxAssociations, sendQueueOctets, kernelBufferOctets, maxMessageOctets,
            connectTimeoutNs, shutdownTimeoutNs, lossSettleNs, backlog, ns, messagesPerRead, maxQueuedEvents,
            maxQueuedOctets, sendTotalOctets);
    }

    /** The same with other bounds for what its user has not taken. */
    public KernelConfig withMaxQueued(final int events, final long octets) {
        return new KernelConfig(streams, maxAssociations, sendQueueOctets, kernelBufferOctets, maxMessageOctets,
            connectTimeoutNs, shutdownTimeoutNs, lossSettleNs, backlog, portWaitNs, messagesPerRead, events, octets,
            sendTotalOctets);
    }
}
