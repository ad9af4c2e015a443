// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.HashSet;
import java.util.Set;
import org.poolswitch.enrp.wire.HandleTableResponse;
import org.poolswitch.enrp.wire.ListRequest;
import org.poolswitch.runtime.Machine;

/**
 * From start to service (RFC 5353 section 3.2): the first peer that answers is the mentor, which gives its peer list
 * and its table; if it will not, another. Without peers a registrar serves at once; with peers of which none answers or
 * gives its table within the mentor hunt, it serves then, and audits make up for the rest.
 */
final class StartUp {
    private final MeshShared shared;
    private final PeerElements elements;
    private final Contacts contacts;
    private final Set<Integer> rejectedBy = new HashSet<>();
    private boolean inService;
    private long untilNs = Machine.NO_DEADLINE;
    private Peer mentor;

    StartUp(final MeshShared shared, final PeerElements elements, final Contacts contacts) {
        this.shared = shared;
        this.elements = elements;
        this.contacts = contacts;
    }

    /** @param listens peers may make themselves known by multicast */
    void onStart(final boolean listens, final long nowNs) {
        if (contacts.isEmpty() && !listens) {
            serve(nowNs);
        } else {
            untilNs = nowNs + shared.timers().mentorHuntNs();
        }
    }

    boolean isInService() {
        return inService;
    }

    /** A peer has introduced itself. */
    void onPeer(final Peer peer, final long nowNs) {
        // also in service: a peer may belong to a mesh that ours does not know
        shared.links().send(peer, new ListRequest(shared.serverId(), peer.id), nowNs);
        if (!inService) {
            ask(peer, nowNs);
        }
    }

    private void ask(final Peer peer, final long nowNs) {
        if (mentor == null && !rejectedBy.contains(peer.id) && peer.introduced) {
            mentor = peer;
            peer.download = new Download(shared, elements, peer, false, nowNs);
        }
    }

    /** A page of the mentor's table. */
    void onPage(final Peer peer, final HandleTableResponse page, final long nowNs) {
        switch (peer.download.onPage(page, nowNs)) {
            case DONE -> {
                peer.download = null;
                serve(nowNs);
            }
            case REJECTED, ENDLESS -> another(nowNs);
            default -> { }
        }
    }

    /** The mentor will not, cannot, or is gone. */
    private void another(final long nowNs) {
        rejectedBy.add(mentor.id);
        mentor.download = null;
        mentor = null;
        shared.peers().copy().forEach(peer -> ask(peer, nowNs));
        if (mentor == null && everybodyAnswered()) {
            // all start at the same time: there is no table to be had
            serve(nowNs);
        }
    }

    private boolean everybodyAnswered() {
        return shared.config().peers().stream().filter(address -> !PeerTable.same(address, shared.local()))
            .allMatch(address -> {
                final Peer peer = shared.peers().at(address, null);
                return peer != null && rejectedBy.contains(peer.id);
            });
    }

    void onPeerGone(final Peer peer, final long nowNs) {
        if (peer == mentor && !inService) {
            another(nowNs);
        }
    }

    private void serve(final long nowNs) {
        if (inService) {
            return;
        }
        inService = true;
        untilNs = Machine.NO_DEADLINE;
        if (mentor != null) {
            mentor.download = null;
            mentor = null;
        }
        // silence counts from here on; until now nobody had a reason to speak to us
        shared.peers().all().forEach(peer -> peer.lastHeardNs = nowNs);
        shared.toAll(to -> shared.presence(to, false), nowNs);
        shared.observer().onInService(shared.peers().size(), shared.space().elements());
    }

    long nextDeadlineNs() {
        return mentor == null ? untilNs : mentor.download.untilNs();
    }

    void onDeadline(final long nowNs) {
        if (nextDeadlineNs() > nowNs) {
            return;
        }
        if (mentor != null) {
            shared.count(EnrpCounter.DOWNLOADS_TIMED_OUT);
            another(nowNs);
        }
        if (!inService && mentor == null && untilNs <= nowNs) {
            serve(nowNs);
        }
    }
}
