// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.SelectionPolicies;
import org.poolswitch.runtime.Deadlines;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.runtime.RateLimit;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * A registrar's half towards elements and users (RFC 5352): hands each message to the procedure for it. What the half
 * towards other registrars does to the handlespace goes through here too: {@link #putForeign}, {@link #removeForeign},
 * {@link #adopt}.
 */
public final class AsapServer implements Machine, SctpListener {
    private static final int PPID_ASAP = 11;

    private final int serverId;
    private final RateLimits rates;
    private final Counters counters;
    private final AsapAnswers answers;
    private final AsapPeers peers;
    private final Handlespace space;
    private final Deadlines<PoolElementEntry> deadlines = new Deadlines<>();
    private final Subscriptions subscriptions;
    private final ElementBook book;
    private final ElementWatch watch;
    private final Registrations registrations;
    private final Resolutions resolutions;
    private final AsapRequest request = new AsapRequest();

    /**
     * @param serverId this registrar's identifier, not 0
     * @param random   secure in production, seeded in simulation
     * @param policies the selection policies to serve
     * @param counters of {@link RegistrarCounter}
     */
    public AsapServer(final RegistrarConfig config, final int serverId, final SctpEndpoint endpoint,
        final RandomGenerator random, final SelectionPolicies policies, final Counters counters) {
        this.serverId = serverId;
        this.counters = counters;
        rates = config.rates();
        answers = new AsapAnswers(endpoint, serverId);
        peers = new AsapPeers(endpoint);
        space = new Handlespace(config.handlespace(), random, policies);
        subscriptions = new Subscriptions(config, counters, answers, space);
        book = new ElementBook(serverId, config, space, peers, subscriptions, deadlines);
        watch = new ElementWatch(config, random, counters, answers, space, peers, book, deadlines);
        registrations = new Registrations(config, counters, answers, space, peers, book, watch);
        resolutions = new Resolutions(config, counters, answers, space, subscriptions);
    }

    // ---- the seam to the half towards other registrars ----------------------------------------------------------

    /** All pools. To be changed only through this class. */
    public Handlespace handlespace() {
        return space;
    }

    /** Adds somebody who is to hear of elements that are ours. */
    public void listen(final HandlespaceListener listener) {
        book.listen(listener);
    }

    /**
     * A peer says that an element is there and not ours. Its life begins anew; it goes when that ends.
     *
     * @return 0, or the cause why the handlespace refuses it
     */
    public int putForeign(final PoolHandle handle, final PoolElementParameter element, final long nowNs) {
        if (watch.hasReports()) {
            // its home says that it is there
            watch.forgetReports(space.find(handle, element.identifier()));
        }
        return book.putForeign(handle, element, nowNs);
    }

    /** A peer says that an element is gone; listeners hear of it only by {@code onRemoved}. */
    public void removeForeign(final PoolElementEntry element, final long nowNs) {
        watch.forgetReports(element);
        book.removeQuietly(element, nowNs);
    }

    /** A peer could not reach an element of ours: it is asked at once, and if it lives, all peers hear of that. */
    public void doubt(final PoolElementEntry element, final long nowNs) {
        watch.onDoubt(element, nowNs);
    }

    /**
     * An element becomes ours although it did not register here: its registrar is dead, or we come back from our
     * journal. It is asked whether it lives, with the H bit (RFC 5353 section 3.5), over an association that is opened
     * for that; who does not answer within the keep-alive timeout is removed.
     */
    public void adopt(final PoolElementEntry element, final long nowNs) {
        book.adopt(element, nowNs);
    }

    // ---- messages -----------------------------------------------------------------------------------------------

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (ppid != PPID_ASAP) {
            counters.increment(RegistrarCounter.WRONG_PPID);
            return;
        }
        final AsapPeer known = peers.get(association);
        final AsapPeer peer = known != null ? known : peers.up(association, null);
        if (length > 0 && isLimited(peer, buffer[offset], nowNs)) {
            return;
        }
        try {
            dispatch(peer, buffer, offset, length, nowNs);
        } catch (final MalformedException | IndexOutOfBoundsException e) {
            counters.increment(RegistrarCounter.MALFORMED);
        }
        if (!request.unrecognized().isEmpty()) {
            counters.increment(RegistrarCounter.UNRECOGNIZED);
            if (mayComplain(peer, nowNs)) {
                answers.unrecognizedParameters(association, request.unrecognized(), nowNs);
            }
        }
    }

    /** What its sender may not ask now is counted and dropped, unread (RFC 5355 section 3). */
    private boolean isLimited(final AsapPeer peer, final int type, final long nowNs) {
        return switch (type) {
            case AsapType.HANDLE_RESOLUTION -> isLimited(rates.resolutions(), peer.resolutionsNs,
                RegistrarCounter.RESOLUTIONS_LIMITED, nowNs);
            case AsapType.REGISTRATION, AsapType.DEREGISTRATION -> isLimited(rates.registrations(),
                peer.registrationsNs, RegistrarCounter.REGISTRATIONS_LIMITED, nowNs);
            case AsapType.ENDPOINT_UNREACHABLE -> {
                counters.increment(RegistrarCounter.UNREACHABLE_REPORTS);
                yield isLimited(rates.reports(), peer.reportsNs, RegistrarCounter.UNREACHABLE_REPORTS_LIMITED, nowNs);
            }
            default -> false;
        };
    }

    private boolean isLimited(final RateLimit limit, final long state, final RegistrarCounter counter,
        final long nowNs) {
        if (limit.allows(state, nowNs)) {
            return false;
        }
        counters.increment(counter);
        return true;
    }

    private void dispatch(final AsapPeer peer, final byte[] buffer, final int offset, final int length,
        final long nowNs) throws MalformedException {
        if (length > 0 && (buffer[offset] & 0xff) > AsapType.ERROR) {
            request.unrecognized().clear();
            unknown(peer, buffer, offset, length, nowNs);
            return;
        }
        request.read(buffer, offset, length);
        switch (request.type()) {
            case AsapType.HANDLE_RESOLUTION -> resolutions.onHandleResolution(peer, request, nowNs);
            case AsapType.REGISTRATION -> registrations.onRegistration(peer, request, nowNs);
            case AsapType.DEREGISTRATION -> registrations.onDeregistration(peer, request, nowNs);
            case AsapType.ENDPOINT_UNREACHABLE -> watch.onUnreachable(peer, request, nowNs);
            case AsapType.ENDPOINT_KEEP_ALIVE_ACK -> watch.onKeepAliveAck(peer, request, nowNs);
            case AsapType.ERROR -> { }
            default -> counters.increment(RegistrarCounter.UNRECOGNIZED);
        }
    }

    /** An ERROR quotes what it is about: who sends much of that would be sent as much. */
    private boolean mayComplain(final AsapPeer peer, final long nowNs) {
        if (isLimited(rates.errors(), peer.errorsNs, RegistrarCounter.ERRORS_LIMITED, nowNs)) {
            return false;
        }
        peer.errorsNs = rates.errors().take(peer.errorsNs, nowNs);
        return true;
    }

    /** Section 2.2: 01 in the two high bits of an unknown message's type asks for a report. */
    private void unknown(final AsapPeer peer, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        counters.increment(RegistrarCounter.UNRECOGNIZED);
        if ((buffer[offset] & 0xc0) == 0x40 && mayComplain(peer, nowNs)) {
            answers.unrecognizedMessage(peer.association, buffer, offset, length, nowNs);
        }
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        peers.up(association, remote);
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        final AsapPeer peer = peers.down(association);
        if (peer != null) {
            subscriptions.onPeerDown(peer);
            watch.onAssociationDown(peer, nowNs);
        }
    }

    @Override
    public void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
    }

    @Override
    public void onSendable(final int association, final long nowNs) {
    }

    // ---- time ---------------------------------------------------------------------------------------------------

    /** We did not run for a while: nobody is blamed for that. */
    public void onClockJump(final long nowNs) {
        watch.onClockJump(nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(deadlines.nextNs(), subscriptions.nextDeadlineNs());
    }

    @Override
    public void onDeadline(final long nowNs) {
        watch.onDeadline(nowNs);
        subscriptions.onDeadline(nowNs);
    }

    /** This registrar's identifier. */
    public int serverId() {
        return serverId;
    }

    /** How long ago an element's registration was made or renewed, in milliseconds; -1 if that is not known. */
    long ageMillis(final PoolElementEntry element, final long nowNs) {
        return book.ageMillis(element, nowNs);
    }
}
