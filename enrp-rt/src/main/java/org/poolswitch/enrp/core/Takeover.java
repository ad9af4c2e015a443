// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.poolswitch.enrp.wire.InitTakeover;
import org.poolswitch.enrp.wire.InitTakeoverAck;
import org.poolswitch.enrp.wire.TakeoverServer;
import org.poolswitch.runtime.Machine;

/**
 * Taking over what a dead peer owned (RFC 5353 section 3.5): INIT_TAKEOVER to all, an acknowledgement from everybody
 * who lives, TAKEOVER_SERVER to all, and from then on its elements are ours.
 *
 * <p>The RFC waits for all peers except the target. Peers that die meanwhile are not waited for, nor is there anybody
 * to wait for in a mesh of two.
 */
final class Takeover {
    private static final class Attempt {
        private final Peer target;
        private final TreeSet<Integer> waiting = new TreeSet<>();
        private final long startedNs;
        private final long untilNs;

        Attempt(final Peer target, final long nowNs, final long untilNs) {
            this.target = target;
            this.startedNs = nowNs;
            this.untilNs = untilNs;
        }
    }

    private final MeshShared shared;
    private final PeerElements elements;
    private final Contacts contacts;
    private final TreeMap<Integer, Attempt> attempts = new TreeMap<>();

    Takeover(final MeshShared shared, final PeerElements elements, final Contacts contacts) {
        this.shared = shared;
        this.elements = elements;
        this.contacts = contacts;
    }

    // ---- our own attempts ---------------------------------------------------------------------------------------

    /** Section 3.5.1: this peer is dead; who takes it over is to be agreed on. */
    void start(final Peer target, final long nowNs) {
        if (attempts.containsKey(target.id)) {
            return;
        }
        shared.observer().onPeerDead(target.id);
        shared.count(EnrpCounter.TAKEOVERS_STARTED);
        final Attempt attempt = new Attempt(target, nowNs, nowNs + shared.timers().takeoverTimeoutNs());
        attempts.put(target.id, attempt);
        for (final Peer peer : shared.peers().all()) {
            if (peer != target && !attempts.containsKey(peer.id)) {
                attempt.waiting.add(peer.id);
            }
        }
        // the target too: if it lives after all, it says so
        shared.toAll(to -> new InitTakeover(shared.serverId(), to, target.id), nowNs);
        // whoever is dead cannot acknowledge somebody else's takeover
        for (final Attempt other : new ArrayList<>(attempts.values())) {
            other.waiting.remove(target.id);
            finishIfAgreed(other, nowNs);
        }
    }

    private void finishIfAgreed(final Attempt attempt, final long nowNs) {
        if (!attempt.waiting.isEmpty() || attempts.remove(attempt.target.id) == null) {
            return;
        }
        shared.toAll(to -> new TakeoverServer(shared.serverId(), to, attempt.target.id), nowNs);
        shared.count(EnrpCounter.TAKEOVERS_DONE);
        inherit(attempt.target.id, shared.serverId(), nowNs);
    }

    /** Section 3.5.2. */
    void onAck(final Peer from, final int target, final long nowNs) {
        final Attempt attempt = attempts.get(target);
        if (attempt != null) {
            attempt.waiting.remove(from.id);
            finishIfAgreed(attempt, nowNs);
        }
    }

    /** The target, or anybody we wait for, speaks: a living server is not taken over. */
    void onHeard(final Peer peer, final long nowNs) {
        peer.inactiveUntilNs = Long.MIN_VALUE;
        if (attempts.remove(peer.id) != null) {
            shared.count(EnrpCounter.TAKEOVERS_CANCELLED);
        }
    }

    // ---- others' attempts ---------------------------------------------------------------------------------------

    /** Section 3.5.1, the receiver's side. */
    void onInit(final Peer from, final int target, final long nowNs) {
        if (target == shared.serverId()) {
            // I live
            shared.count(EnrpCounter.TAKEOVERS_OF_SELF);
            shared.toAll(to -> shared.presence(to, false), nowNs);
            return;
        }
        final Attempt own = attempts.get(target);
        if (own != null && shared.config().takeoverRule().wins(shared.serverId(), from.id)) {
            // it will hear of ours, and yield
            return;
        }
        if (own != null) {
            attempts.remove(target);
            shared.count(EnrpCounter.TAKEOVERS_YIELDED);
        }
        final Peer peer = shared.peers().get(target);
        if (peer != null) {
            peer.inactiveUntilNs = nowNs + 2 * shared.timers().takeoverTimeoutNs();
        }
        shared.links().send(from, new InitTakeoverAck(shared.serverId(), from.id, target), nowNs);
    }

    /** Section 3.5.4. */
    void onTakeoverServer(final Peer from, final int target, final long nowNs) {
        if (target == shared.serverId()) {
            // the mesh thought us dead, and our elements were told their new home: that stands
            shared.count(EnrpCounter.TAKEOVERS_OF_SELF);
            elements.giveAll(target, from.id, nowNs);
            return;
        }
        attempts.remove(target);
        inherit(target, from.id, nowNs);
    }

    private void inherit(final int target, final int heir, final long nowNs) {
        final int count = elements.giveAll(target, heir, nowNs);
        shared.observer().onTakeover(target, heir, count);
        final Peer gone = shared.peers().get(target);
        if (gone != null) {
            shared.peers().remove(gone);
            shared.links().drop(gone, nowNs);
            contacts.lost(gone.address, nowNs);
        }
        for (final Attempt other : new ArrayList<>(attempts.values())) {
            other.waiting.remove(target);
            finishIfAgreed(other, nowNs);
        }
    }

    // ---- time ---------------------------------------------------------------------------------------------------

    long nextDeadlineNs() {
        long next = Machine.NO_DEADLINE;
        for (final Attempt attempt : attempts.values()) {
            next = Math.min(next, attempt.untilNs);
        }
        return next;
    }

    void onDeadline(final long nowNs) {
        final List<Attempt> due = new ArrayList<>(attempts.values());
        due.removeIf(attempt -> attempt.untilNs > nowNs);
        for (final Attempt attempt : due) {
            if (attempts.get(attempt.target.id) == attempt) {
                onTimeout(attempt, nowNs);
            }
        }
    }

    /**
     * Somebody did not acknowledge. Who was not heard since is dead too; who was heard has its reasons, for example an
     * attempt of its own by another rule: then this one is given up, and tried again if the target is still there.
     */
    private void onTimeout(final Attempt attempt, final long nowNs) {
        attempt.waiting.removeIf(id -> {
            final Peer peer = shared.peers().get(id);
            return peer == null || peer.lastHeardNs <= attempt.startedNs;
        });
        if (attempt.waiting.isEmpty()) {
            finishIfAgreed(attempt, nowNs);
        } else {
            attempts.remove(attempt.target.id);
            shared.count(EnrpCounter.TAKEOVERS_TIMED_OUT);
            attempt.target.inactiveUntilNs = nowNs + shared.random().nextLong(
                shared.timers().takeoverTimeoutNs()) + 1;
        }
    }

    /** This process was away: whoever it thought dead is asked again. */
    void onClockJump() {
        attempts.clear();
    }
}
