// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import com.sun.nio.sctp.PeerAddressChangeNotification.AddressChangeEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * One kernel association. However the kernel says that it is over (COMM_LOST, SHUTDOWN_COMP, a failed write, a reset,
 * an end of file) one down event comes of it, after what the kernel hands back has been collected.
 */
final class KernelAssociation implements KernelChannel.Owner {
    private enum State { CONNECTING, UP, ENDING, DOWN }

    private static final long READ_AGAIN_NS = 10_000_000L;

    private final KernelSctpEndpoint endpoint;
    private final KernelConfig config;
    private final boolean incoming;
    private final KernelOutput output;
    private final KernelPaths paths;
    private final Reassembly reassembly;
    private KernelChannel channel;
    private SctpAddress remote;
    private int id;
    private State state = State.CONNECTING;
    private DownCause cause = DownCause.PEER_ABORTED;
    private int outStreams;
    private boolean shutdownWanted;
    private boolean shutdownStarted;
    private boolean peerShutdown;
    private boolean suspect;
    /** The cause is known from an error number or from the peer's own words. */
    private boolean sure;
    /** The kernel has said that it is over, so what it hands back is all that is lost. */
    private boolean kernelSaidSo;
    /** A whole lossSettleNs passed in which the kernel said nothing of a loss. */
    private boolean quiet;
    private long heardNs = Long.MIN_VALUE;
    private long deadlineNs = Machine.NO_DEADLINE;
    /** When to read again, while the socket is at its end of file and the association is not at its own. */
    private long readAgainNs = Machine.NO_DEADLINE;

    KernelAssociation(final KernelSctpEndpoint endpoint, final KernelConfig config, final int id,
        final SctpAddress remote, final boolean incoming) {
        this.endpoint = endpoint;
        this.config = config;
        this.id = id;
        this.remote = remote;
        this.incoming = incoming;
        this.paths = new KernelPaths(endpoint.localAddress().hosts());
        this.reassembly = new Reassembly(config.maxMessageOctets());
        this.output = new KernelOutput(this, endpoint, config);
    }

    /** The socket that is used from now on; a set-up may try several. */
    void attach(final KernelChannel newChannel) {
        channel = newChannel;
        channel.setOwner(this);
    }

    int id() {
        return id;
    }

    boolean isConnecting() {
        return state == State.CONNECTING;
    }

    long heardNs() {
        return heardNs;
    }

    long deadlineNs() {
        return Math.min(Math.min(deadlineNs, readAgainNs), output.nextExpiryNs());
    }

    List<PathStatus> paths() {
        return state == State.UP ? paths.status() : List.of();
    }

    boolean setPrimary(final InetAddress host) {
        if (state != State.UP || !paths.knows(host)
            || !channel.setPrimary(new InetSocketAddress(host, remote.port()))) {
            return false;
        }
        // the kernel's notification of it comes later
        paths.onEvent(host, AddressChangeEvent.ADDR_MADE_PRIMARY);
        return true;
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
        if (!shutdownWanted) {
            deadlineNs = Machine.NO_DEADLINE;
        }
        heardNs = System.nanoTime();
        reportUp(association);
        flush(heardNs);
    }

    private void reportUp(final Association association) {
        outStreams = association.maxOutboundStreams();
        output.onStreams(outStreams);
        final InetAddress primary = channel.primary();
        paths.reset(channel.remoteHosts(), primary == null ? remote.host() : primary);
        remote = new SctpAddress(paths.hosts(), remote.port(), 0);
        endpoint.event(KernelEvent.up(id, remote, incoming, outStreams, association.maxInboundStreams()));
    }

    SendStatus send(final int stream, final int ppid, final boolean unordered, final long lifetimeNs,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (state == State.ENDING || state == State.DOWN || shutdownWanted) {
            return SendStatus.CLOSED;
        }
        final int streams = state == State.UP ? outStreams : config.streams();
        final SendStatus status = stream < streams
            ? output.add(stream, ppid, unordered, lifetimeNs, buffer, offset, length, nowNs) : SendStatus.INVALID;
        if (status == SendStatus.ACCEPTED) {
            endpoint.due(output.nextExpiryNs());
            endpoint.dirty(this);
        }
        return status;
    }

    /** Gives the kernel what is new. */
    void flush(final long nowNs) {
        output.abandon(nowNs);
        if (mayWrite() && !output.isEmpty()) {
            channel.requestWrite();
        }
        if (state == State.UP && shutdownWanted && !shutdownStarted && output.isEmpty()) {
            shutdownStarted = true;
            try {
                channel.startShutdown();
            } catch (final IOException e) {
                onError(e);
            }
        }
    }

    /** Not after the peer's SHUTDOWN either: no new DATA may follow it (RFC 9260 section 9.2). */
    boolean mayWrite() {
        return state == State.UP && !shutdownStarted;
    }

    /** True while no path works. */
    boolean isSuspect() {
        return suspect;
    }

    @Override
    public boolean onWritable() {
        try {
            if (!output.write(channel, endpoint.batchNs())) {
                return false;
            }
        } catch (final IOException e) {
            onError(e);
        }
        if (shutdownWanted && !shutdownStarted && output.isEmpty()) {
            endpoint.dirty(this);
        }
        return true;
    }

    void shutdown(final long nowNs) {
        if (state == State.CONNECTING && output.isEmpty()) {
            abort();
        } else if (state != State.DOWN && !shutdownWanted) {
            shutdownWanted = true;
            dueAt(nowNs + config.shutdownTimeoutNs());
            endpoint.dirty(this);
        }
    }

    void abort() {
        if (state == State.DOWN) {
            return;
        }
        cause = DownCause.LOCAL_ABORT;
        closeAbortively();
    }

    /** The kernel tells an aborted socket nothing any more, so what may be lost is guessed. */
    private void closeAbortively() {
        try {
            channel.makeCloseAbortive();
        } catch (final IOException e) {
            endpoint.trouble("SO_LINGER", e);
        }
        finish(output.guessUndelivered(heardNs));
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
            dueAt(System.nanoTime() + config.lossSettleNs());
        }
        if (now) {
            finish(kernelSaidSo ? output.undelivered() : output.guessUndelivered(heardNs));
            channel.close();
        }
    }

    private void dueAt(final long atNs) {
        deadlineNs = atNs;
        endpoint.due(atNs);
    }

    /** A write failed first: what the kernel has to say of it stands behind all that is not read yet. */
    private void settleLater() {
        if (state == State.ENDING) {
            quiet = false;
            dueAt(System.nanoTime() + config.lossSettleNs());
        }
    }

    private void finish(final List<UndeliveredMessage> undelivered) {
        if (state == State.DOWN) {
            return;
        }
        state = State.DOWN;
        deadlineNs = Machine.NO_DEADLINE;
        readAgainNs = Machine.NO_DEADLINE;
        endpoint.remove(this);
        endpoint.event(KernelEvent.down(id, cause, undelivered));
    }

    void onDeadline(final long nowNs) {
        output.abandon(nowNs);
        // what waited behind an abandoned message may go
        endpoint.dirty(this);
        if (readAgainNs <= nowNs) {
            readAgainNs = Machine.NO_DEADLINE;
            channel.read();
        }
        if (deadlineNs > nowNs) {
            return;
        }
        deadlineNs = Machine.NO_DEADLINE;
        switch (state) {
            case CONNECTING -> end(DownCause.CONNECT_FAILED, true);
            case UP -> {
                cause = DownCause.PEER_SILENT;
                closeAbortively();
            }
            default -> {
                // twice, because after a pause of this process timers may fire before anything is read
                if (quiet || kernelSaidSo) {
                    end(cause, true);
                } else {
                    quiet = true;
                    dueAt(nowNs + config.lossSettleNs());
                }
            }
        }
    }

    void onConnectFailed() {
        end(DownCause.CONNECT_FAILED, true);
    }

    /** All that the kernel had to say for now has been read. */
    void onReadComplete() {
        if (state == State.UP) {
            output.reportGivenUp();
        }
    }

    /** The socket's error says better than a notification why. The reading side knows what was lost. */
    void onError(final IOException e) {
        // the JDK has the error number in words only: ETIMEDOUT after Association.Max.Retrans, ECONNRESET after ABORT
        final String text = String.valueOf(e.getMessage());
        final boolean timedOut = text.contains("timed out");
        if (!sure && state != State.CONNECTING) {
            sure = timedOut || text.contains("reset");
            final DownCause why = timedOut || !sure && suspect ? DownCause.PEER_SILENT : DownCause.PEER_ABORTED;
            cause = state == State.ENDING ? why : cause;
            end(why, false);
        }
    }

    /** The socket has no more to give. */
    void onInactive() {
        kernelSaidSo = true;
        end(state == State.CONNECTING ? DownCause.CONNECT_FAILED
            : shutdownWanted ? DownCause.SHUTDOWN : DownCause.PEER_ABORTED, true);
    }

    @Override
    public void onMessage(final MessageInfo info, final ByteBuffer bytes) {
        if (state == State.DOWN) {
            return;
        }
        heardNs = endpoint.batchNs();
        settleLater();
        final byte[] whole = reassembly.add(info.streamNumber(), info.payloadProtocolID(), info.isUnordered(),
            info.isComplete(), bytes);
        if (whole != null) {
            endpoint.event(KernelEvent.message(id, info.streamNumber(), info.payloadProtocolID(), info.isUnordered(),
                whole));
        } else if (reassembly.isTooLong()) {
            cause = DownCause.PROTOCOL_VIOLATION;
            closeAbortively();
        }
    }

    @Override
    public void onAssociationChange(final AssociationChangeNotification change) {
        switch (change.event()) {
            case COMM_LOST -> onOver(suspect ? DownCause.PEER_SILENT : DownCause.PEER_ABORTED);
            case CANT_START -> onOver(DownCause.CONNECT_FAILED);
            case SHUTDOWN -> onOver(DownCause.SHUTDOWN);
            case RESTART -> restart(change.association());
            default -> heardNs = System.nanoTime();
        }
    }

    /** SEND_FAILED notifications follow, and after them the socket's error or its end of file. */
    private void onOver(final DownCause why) {
        kernelSaidSo = true;
        if (!sure) {
            sure = why == DownCause.SHUTDOWN;
            cause = state == State.ENDING ? why : cause;
            end(why, false);
        }
    }

    /**
     * The kernel keeps the socket; for us the old association is gone and another has come. What the peer had not
     * acknowledged has been handed back just before (RFC 9260 section 5.2.4.1).
     */
    private void restart(final Association association) {
        if (state != State.UP) {
            return;
        }
        endpoint.event(KernelEvent.down(id, DownCause.PEER_RESTARTED, output.undelivered()));
        output.reset();
        reassembly.reset();
        suspect = false;
        sure = false;
        shutdownWanted = false;
        shutdownStarted = false;
        peerShutdown = false;
        deadlineNs = Machine.NO_DEADLINE;
        heardNs = System.nanoTime();
        id = endpoint.renumber(this);
        reportUp(association);
    }

    @Override
    public void onPathChange(final PeerAddressChangeNotification change) {
        if (state != State.UP || !(change.address() instanceof InetSocketAddress address)) {
            return;
        }
        final PathState now = paths.onEvent(address.getAddress(), change.event());
        if (now != null) {
            endpoint.event(KernelEvent.path(id, address.getAddress(), now));
        }
        if (suspect != paths.isNoneActive()) {
            suspect = !suspect;
            endpoint.event(KernelEvent.suspect(id, suspect));
            endpoint.dirty(this);
        }
    }

    @Override
    public void onSendFailed(final int stream, final ByteBuffer bytes) {
        final byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        output.onFailed(stream, copy);
        settleLater();
    }

    @Override
    public void onPeerShutdown() {
        // the kernel answers by itself; what is queued here can no longer be sent (RFC 9260 section 9.2)
        heardNs = System.nanoTime();
        peerShutdown = true;
        shutdownWanted = true;
        shutdownStarted = true;
        final boolean onlyWriteFailed = state == State.ENDING && !sure && !kernelSaidSo;
        if (onlyWriteFailed) {
            // because of this SHUTDOWN, then: what the kernel took before is still on its way
            state = State.UP;
        }
        if (onlyWriteFailed || deadlineNs == Machine.NO_DEADLINE) {
            dueAt(heardNs + config.shutdownTimeoutNs());
        }
    }

    @Override
    public boolean onEndOfFile() {
        if (kernelSaidSo || !peerShutdown || state != State.UP) {
            return true;
        }
        // Linux ends the reading side with the peer's SHUTDOWN, and only later says what became of our messages. The
        // socket counts as readable all the time until then, so it is looked at now and then.
        readAgainNs = System.nanoTime() + READ_AGAIN_NS;
        endpoint.due(readAgainNs);
        return false;
    }
}
