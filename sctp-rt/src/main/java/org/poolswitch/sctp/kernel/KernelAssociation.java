// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.sctp.SctpMessage;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * One kernel association. However the kernel says that it is over (COMM_LOST, SHUTDOWN_COMP, a failed write, a reset,
 * an end of file) one down event comes of it, after what the kernel hands back has been collected.
 */
final class KernelAssociation implements KernelChannel.Owner {
    private enum State { CONNECTING, UP, ENDING, DOWN }

    private final KernelSctpEndpoint endpoint;
    private final KernelConfig config;
    private final KernelChannel channel;
    private final boolean incoming;
    /** Not yet in the kernel, oldest first. */
    private final Deque<UndeliveredMessage> queued = new ArrayDeque<>();
    private final ChannelFutureListener onWritten = this::onWritten;
    private final Set<SocketAddress> unreachable = new HashSet<>();
    private final SctpAddress remote;
    private SentMessages sent;
    private int id;
    private State state = State.CONNECTING;
    private DownCause cause = DownCause.PEER_ABORTED;
    private long queuedOctets;
    private int written;
    private int outStreams;
    private boolean fullReported;
    private boolean shutdownWanted;
    private boolean shutdownStarted;
    private boolean endWhenRead;
    private byte[] partial = new byte[0];
    private long heardNs = Long.MIN_VALUE;
    private long deadlineNs = Machine.NO_DEADLINE;

    KernelAssociation(final KernelSctpEndpoint endpoint, final KernelConfig config, final KernelChannel channel,
        final int id, final SctpAddress remote, final boolean incoming) {
        this.endpoint = endpoint;
        this.config = config;
        this.channel = channel;
        this.id = id;
        this.remote = remote;
        this.incoming = incoming;
        // Linux counts its own overhead too and doubles what was asked for: twice the size covers every case
        this.sent = new SentMessages(2L * config.kernelBufferOctets());
        channel.setOwner(this);
    }

    int id() {
        return id;
    }

    KernelChannel channel() {
        return channel;
    }

    long heardNs() {
        return heardNs;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    void onActive() {
        if (state != State.CONNECTING) {
            return;
        }
        final Association association = channel.association();
        if (association == null) {
            end(DownCause.CONNECT_FAILED, true);
            return;
        }
        state = State.UP;
        deadlineNs = Machine.NO_DEADLINE;
        heardNs = System.nanoTime();
        reportUp(association);
        flush();
    }

    private void reportUp(final Association association) {
        outStreams = association.maxOutboundStreams();
        queued.removeIf(message -> {
            final boolean never = message.stream() >= outStreams;
            queuedOctets -= never ? message.payload().length : 0;
            return never;
        });
        endpoint.event(KernelEvent.up(id, remote, incoming, outStreams, association.maxInboundStreams()));
    }

    SendStatus send(final int stream, final int ppid, final boolean unordered, final byte[] buffer,
        final int offset, final int length) {
        if (state == State.ENDING || state == State.DOWN || shutdownWanted) {
            return SendStatus.CLOSED;
        }
        final int streams = state == State.UP ? outStreams : config.streams();
        if (stream < 0 || stream >= streams || length < 1 || length > config.maxMessageOctets()) {
            return SendStatus.INVALID;
        }
        if (queuedOctets + length > config.sendQueueOctets()) {
            fullReported = true;
            return SendStatus.FULL;
        }
        queuedOctets += length;
        queued.add(new UndeliveredMessage(stream, ppid, unordered, false,
            Arrays.copyOfRange(buffer, offset, offset + length)));
        endpoint.dirty(this);
        return SendStatus.ACCEPTED;
    }

    /** Gives the channel what is new. The first {@code written} of the queue are with the channel already. */
    void flush() {
        if (state != State.UP) {
            return;
        }
        if (written < queued.size()) {
            int skip = written;
            for (final UndeliveredMessage m : queued) {
                if (skip-- > 0) {
                    continue;
                }
                final ByteBuf bytes = channel.alloc().directBuffer(m.payload().length).writeBytes(m.payload());
                channel.write(new SctpMessage(m.ppid(), m.stream(), m.unordered(), bytes)).addListener(onWritten);
            }
            written = queued.size();
            channel.flush();
        }
        if (shutdownWanted && !shutdownStarted && queued.isEmpty()) {
            shutdownStarted = true;
            try {
                channel.startShutdown();
            } catch (final IOException e) {
                end(DownCause.PEER_ABORTED, false);
            }
        }
    }

    private void onWritten(final ChannelFuture future) {
        if (state == State.DOWN) {
            return;
        }
        if (!future.isSuccess()) {
            // the reading side knows more: give it the time to say what was lost
            end(DownCause.PEER_ABORTED, false);
            return;
        }
        final UndeliveredMessage m = queued.poll();
        written--;
        queuedOctets -= m.payload().length;
        sent.add(new UndeliveredMessage(m.stream(), m.ppid(), m.unordered(), true, m.payload()),
            System.nanoTime());
        if (fullReported && queuedOctets <= config.sendQueueOctets() / 2) {
            fullReported = false;
            endpoint.event(KernelEvent.sendable(id));
        }
        if (shutdownWanted && queued.isEmpty()) {
            endpoint.dirty(this);
        }
    }

    void shutdown(final long nowNs) {
        if (state == State.CONNECTING && queued.isEmpty()) {
            abort();
        } else if (state != State.DOWN && !shutdownWanted) {
            shutdownWanted = true;
            deadlineNs = nowNs + config.shutdownTimeoutNs();
            endpoint.dirty(this);
        }
    }

    void abort() {
        if (state == State.DOWN) {
            return;
        }
        cause = DownCause.LOCAL_ABORT;
        closeAbortively();
        // the kernel tells an aborted socket nothing any more
        finish(sent.since(heardNs));
    }

    private void closeAbortively() {
        try {
            channel.makeCloseAbortive();
        } catch (final IOException e) {
            endpoint.trouble("SO_LINGER", e);
        }
        channel.close();
    }

    /** @param now true if there is nothing more to wait for */
    private void end(final DownCause why, final boolean now) {
        if (state == State.DOWN) {
            return;
        }
        if (state != State.ENDING) {
            cause = why;
            state = State.ENDING;
            deadlineNs = System.nanoTime() + config.lossSettleNs();
            endpoint.wake();
        }
        if (now) {
            finish(sent.undelivered());
            channel.close();
        }
    }

    private void finish(final List<UndeliveredMessage> fromKernel) {
        if (state == State.DOWN) {
            return;
        }
        state = State.DOWN;
        deadlineNs = Machine.NO_DEADLINE;
        final List<UndeliveredMessage> all = new ArrayList<>(fromKernel);
        all.addAll(queued);
        queued.clear();
        endpoint.remove(this);
        endpoint.event(KernelEvent.down(id, cause, all));
    }

    void onDeadline() {
        deadlineNs = Machine.NO_DEADLINE;
        switch (state) {
            case CONNECTING -> end(DownCause.CONNECT_FAILED, true);
            case UP -> {
                end(DownCause.PEER_SILENT, false);
                closeAbortively();
            }
            default -> end(cause, true);
        }
    }

    void onConnectFailed() {
        end(DownCause.CONNECT_FAILED, true);
    }

    void onReadComplete() {
        if (endWhenRead) {
            end(cause, true);
        }
    }

    void onInactive() {
        end(state == State.CONNECTING ? DownCause.CONNECT_FAILED
            : shutdownWanted ? DownCause.SHUTDOWN : DownCause.PEER_ABORTED, true);
    }

    @Override
    public void onMessage(final MessageInfo info, final ByteBuffer bytes) {
        heardNs = System.nanoTime();
        final int had = partial.length;
        final byte[] whole = Arrays.copyOf(partial, had + bytes.remaining());
        bytes.get(whole, had, bytes.remaining());
        if (whole.length > config.maxMessageOctets()) {
            closeAbortively();
            end(DownCause.PROTOCOL_VIOLATION, true);
            return;
        }
        // one message at a time is delivered in parts (RFC 6458 section 8.1.20, level 0)
        partial = info.isComplete() ? new byte[0] : whole;
        if (info.isComplete()) {
            endpoint.event(KernelEvent.message(id, info.streamNumber(), info.payloadProtocolID(), info.isUnordered(),
                whole));
        }
    }

    @Override
    public void onAssociationChange(final AssociationChangeNotification change) {
        switch (change.event()) {
            case COMM_LOST -> endWhenRead(shutdownStarted ? DownCause.PEER_ABORTED : lossCause());
            case CANT_START -> endWhenRead(DownCause.CONNECT_FAILED);
            case SHUTDOWN -> endWhenRead(DownCause.SHUTDOWN);
            case RESTART -> restart(change.association());
            default -> heardNs = System.nanoTime();
        }
    }

    private DownCause lossCause() {
        return unreachable.isEmpty() ? DownCause.PEER_ABORTED : DownCause.PEER_SILENT;
    }

    private void endWhenRead(final DownCause why) {
        endWhenRead = true;
        if (state == State.ENDING) {
            cause = why;
        }
        end(why, false);
    }

    /** The kernel keeps the socket; for us the old association is gone and another has come. */
    private void restart(final Association association) {
        if (state != State.UP) {
            return;
        }
        final List<UndeliveredMessage> lost = sent.since(heardNs);
        endpoint.event(KernelEvent.down(id, DownCause.PEER_RESTARTED, lost));
        sent = new SentMessages(2L * config.kernelBufferOctets());
        id = endpoint.renumber(this);
        reportUp(association);
    }

    @Override
    public void onPathChange(final PeerAddressChangeNotification change) {
        final boolean was = isSuspect();
        switch (change.event()) {
            case ADDR_UNREACHABLE -> unreachable.add(change.address());
            case ADDR_AVAILABLE, ADDR_CONFIRMED -> unreachable.remove(change.address());
            default -> {
                // added, removed, made primary: says nothing about life
            }
        }
        if (state == State.UP && was != isSuspect()) {
            endpoint.event(KernelEvent.suspect(id, !was));
        }
    }

    private boolean isSuspect() {
        return unreachable.size() >= remote.hosts().size();
    }

    @Override
    public void onSendFailed(final int stream, final ByteBuffer bytes) {
        final byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        sent.failed(stream, copy);
    }

    @Override
    public void onPeerShutdown() {
        // the kernel answers by itself; what is queued here can no longer be sent (RFC 9260 section 9.2)
        heardNs = System.nanoTime();
        shutdownWanted = true;
        shutdownStarted = true;
        if (deadlineNs == Machine.NO_DEADLINE) {
            deadlineNs = heardNs + config.shutdownTimeoutNs();
        }
    }
}
