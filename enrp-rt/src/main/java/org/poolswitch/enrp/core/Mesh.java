// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.nio.ByteBuffer;
import java.util.List;
import org.poolswitch.enrp.wire.EnrpMessage;
import org.poolswitch.enrp.wire.HandleTableRequest;
import org.poolswitch.enrp.wire.HandleTableResponse;
import org.poolswitch.enrp.wire.HandleUpdate;
import org.poolswitch.enrp.wire.InitTakeover;
import org.poolswitch.enrp.wire.InitTakeoverAck;
import org.poolswitch.enrp.wire.ListRequest;
import org.poolswitch.enrp.wire.ListResponse;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.enrp.wire.TakeoverServer;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/** The ENRP half of a registrar, a hub: finds out who speaks and hands each message to the procedure for it. */
final class Mesh implements SctpListener {
    private final MeshShared shared;
    private final PeerElements elements;
    private final Contacts contacts;
    private final Presences presences;
    private final Takeover takeover;
    private final Audit audit;
    private final TablePages pages;
    private final StartUp startUp;
    private final Leaving leaving;
    private final Introductions introductions;
    private final MeshInput input;
    private final Namesakes namesakes;
    private final Visitors visitors = new Visitors();

    /** @param rates errors and tables are about what comes to the ENRP port */
    Mesh(final MeshShared shared, final AsapServer asap, final RateLimits rates) {
        this.shared = shared;
        elements = new PeerElements(shared, asap);
        contacts = new Contacts(shared);
        presences = new Presences(shared, this::onDead);
        takeover = new Takeover(shared, elements, contacts);
        audit = new Audit(shared, elements);
        pages = new TablePages(shared, asap);
        startUp = new StartUp(shared, elements, contacts);
        leaving = new Leaving(shared, elements);
        introductions = new Introductions(shared, presences, startUp, this::onDead);
        input = new MeshInput(shared, rates);
        namesakes = new Namesakes(shared, introductions);
    }

    int peers() {
        return shared.peers().size();
    }

    boolean isInService() {
        return startUp.isInService();
    }

    Leaving leaving() {
        return leaving;
    }

    void onStart(final boolean hearsMulticast, final long nowNs) {
        shared.journal().identifier(shared.serverId());
        shared.journal().replay((handle, element) -> {
            introductions.onHome(element.homeServer(), nowNs);
            elements.onRemembered(handle, element, nowNs);
        });
        shared.journal().attach(shared.space());
        startUp.onStart(hearsMulticast, nowNs);
        contacts.onDeadline(nowNs);
    }

    // ---- associations -------------------------------------------------------------------------------------------

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        shared.links().onUp(association, remote);
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        visitors.leave(association);
        input.onDown(association);
        namesakes.onDown(association);
        final Peer peer = shared.links().onDown(association);
        if (!contacts.onDown(association) && peer != null) {
            presences.onLinkLost(peer, cause == DownCause.PEER_ABORTED || cause == DownCause.PEER_UNREACHABLE
                || cause == DownCause.CONNECT_FAILED, nowNs);
        }
    }

    // ---- messages -----------------------------------------------------------------------------------------------

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        final EnrpMessage read = input.read(association, ppid, buffer, offset, length, nowNs);
        if (read != null) {
            dispatch(association, read, nowNs);
        }
    }

    private void dispatch(final int association, final EnrpMessage message, final long nowNs) {
        if (message.sender() == 0) {
            // nobody's identifier (RFC 5353 section 3.2.1)
            shared.count(EnrpCounter.MALFORMED);
            return;
        }
        if (message.sender() == shared.serverId()) {
            onOwnIdentifier(association, nowNs);
            return;
        }
        if (!shared.links().maySpeak(association, message.sender())) {
            shared.count(EnrpCounter.OTHER_SENDERS);
            return;
        }
        if (message.receiver() != 0 && message.receiver() != shared.serverId()) {
            // for who we were before a restart, or for somebody else
            shared.count(EnrpCounter.MISDIRECTED);
            return;
        }
        Peer peer = shared.peers().get(message.sender());
        if (namesakes.isOne(peer, association, message, nowNs)) {
            onNamesake(association, message, nowNs);
            return;
        }
        final boolean isNew = peer == null || !peer.introduced;
        if (isNew && message instanceof Presence presence) {
            peer = introductions.introduce(peer, presence, association, nowNs);
        }
        if (peer == null) {
            onStranger(association, message, nowNs);
            return;
        }
        if (contacts.answered(association, peer)) {
            shared.links().adopt(peer, association);
        }
        shared.links().heardOn(peer, association);
        presences.onHeard(peer, nowNs);
        takeover.onHeard(peer, nowNs);
        handle(peer, association, message, nowNs);
        if (isNew && peer.introduced) {
            startUp.onPeer(peer, nowNs);
        }
    }

    private void handle(final Peer peer, final int association, final EnrpMessage message, final long nowNs) {
        if (message instanceof Presence presence) {
            onPresence(peer, association, presence, nowNs);
        } else if (message instanceof HandleUpdate update) {
            introductions.onHome(update.element().homeServer(), nowNs);
            elements.onUpdate(peer, update, nowNs);
        } else if (message instanceof HandleTableRequest request) {
            pages.onTableRequest(peer, association, request, !startUp.isInService(), nowNs);
        } else if (message instanceof HandleTableResponse page) {
            onPage(peer, page, nowNs);
        } else if (message instanceof ListRequest) {
            pages.onListRequest(peer, nowNs);
        } else if (message instanceof ListResponse list) {
            onList(list, nowNs);
        } else if (message instanceof InitTakeover init) {
            takeover.onInit(peer, init.target(), nowNs);
        } else if (message instanceof InitTakeoverAck ack) {
            takeover.onAck(peer, ack.target(), nowNs);
        } else if (message instanceof TakeoverServer taken) {
            takeover.onTakeoverServer(peer, taken.target(), nowNs);
        } else {
            shared.count(EnrpCounter.ERRORS_RECEIVED);
        }
    }

    private void onList(final ListResponse list, final long nowNs) {
        // before that it may be our own former place
        final SctpAddress namesake = startUp.isInService() ? namesakes.ofOurs(list) : null;
        if (namesake != null) {
            shared.count(EnrpCounter.DUPLICATE_IDENTIFIER);
            shared.observer().onDuplicateIdentifier(namesake);
        }
        introductions.onList(list, nowNs);
    }

    private void onOwnIdentifier(final int association, final long nowNs) {
        final SctpAddress remote = shared.links().remote(association);
        final boolean self = remote != null && remote.hosts().stream().anyMatch(shared.local().hosts()::contains);
        if (self) {
            contacts.isSelf(association);
        } else {
            shared.count(EnrpCounter.DUPLICATE_IDENTIFIER);
            shared.observer().onDuplicateIdentifier(remote);
        }
        shared.links().abort(association, nowNs);
    }

    /** Only PRESENCE makes a peer (section 3.4.1); whoever wants more than to look is asked for it. */
    private void onStranger(final int association, final EnrpMessage message, final long nowNs) {
        shared.count(EnrpCounter.FROM_STRANGERS);
        final int from = message.sender();
        if ((message instanceof HandleTableRequest || message instanceof ListRequest)
            && !input.mayLook(association, nowNs)) {
            return;
        }
        if (message instanceof HandleTableRequest request) {
            pages.onTableRequest(visitors.of(association, from, nowNs), association, request,
                !startUp.isInService(), nowNs);
        } else if (message instanceof ListRequest) {
            shared.links().answer(association, new ListResponse(shared.serverId(), from, true, List.of()), nowNs);
        } else if (input.mayComplain(association, nowNs)) {
            shared.links().answer(association, shared.presence(from, true), nowNs);
        }
    }

    /** It may look, and hear that we live, so that it does not take us for dead; what it says is not the peer's. */
    private void onNamesake(final int association, final EnrpMessage message, final long nowNs) {
        if (!(message instanceof Presence presence)) {
            onStranger(association, message, nowNs);
        } else if (presence.replyRequired() && input.mayComplain(association, nowNs)) {
            shared.links().answer(association, shared.presence(message.sender(), false), nowNs);
        }
    }

    private void onPresence(final Peer peer, final int association, final Presence presence, final long nowNs) {
        introductions.onPresence(peer, presence, association, nowNs);
        if (presence.replyRequired()) {
            shared.links().send(peer, shared.presence(peer.id, false), nowNs);
        }
        if (startUp.isInService()) {
            audit.onPresence(peer, presence, nowNs);
        }
    }

    void onMulticast(final ByteBuffer message, final long nowNs) {
        final Presence presence = input.readMulticast(message);
        if (presence != null) {
            introductions.onMulticast(presence, nowNs);
        }
    }

    private void onPage(final Peer peer, final HandleTableResponse page, final long nowNs) {
        if (peer.download == null) {
            // late: what it is the last one of was given up
            peer.placeKept = page.more();
            shared.count(EnrpCounter.UNASKED);
            return;
        }
        page.pools().forEach(pool -> pool.elements().forEach(e -> introductions.onHome(e.homeServer(), nowNs)));
        if (peer.download.ownedOnly()) {
            audit.onPage(peer, page, nowNs);
        } else {
            startUp.onPage(peer, page, nowNs);
        }
    }

    private void onDead(final Peer peer, final long nowNs) {
        if (startUp.isInService()) {
            takeover.start(peer, nowNs);
        }
        startUp.onPeerGone(peer, nowNs);
    }

    // ---- time ---------------------------------------------------------------------------------------------------

    long nextDeadlineNs() {
        long next = Math.min(presences.nextDeadlineNs(), takeover.nextDeadlineNs());
        next = Math.min(next, Math.min(audit.nextDeadlineNs(), pages.nextDeadlineNs()));
        next = Math.min(next, Math.min(startUp.nextDeadlineNs(), contacts.nextDeadlineNs()));
        return Math.min(next, leaving.nextDeadlineNs());
    }

    void onDeadline(final long nowNs) {
        startUp.onDeadline(nowNs);
        contacts.onDeadline(nowNs);
        presences.onDeadline(nowNs);
        takeover.onDeadline(nowNs);
        audit.onDeadline(nowNs);
        pages.onDeadline(nowNs);
        leaving.onDeadline(nowNs);
    }

    void onClockJump(final long nowNs) {
        presences.onClockJump(nowNs);
        takeover.onClockJump();
    }
}
