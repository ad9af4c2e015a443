// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;

/**
 * Addresses at which registrars should be: those that the operator named, for ever, and those of peers that were taken
 * over, for a while. They are called until somebody there is a peer; so a mesh finds together, again after a split.
 */
final class Contacts {
    private static final class Contact {
        private final SctpAddress address;
        private final long forgetNs;
        private int association;

        Contact(final SctpAddress address, final long forgetNs) {
            this.address = address;
            this.forgetNs = forgetNs;
        }
    }

    private final MeshShared shared;
    private final List<Contact> contacts = new ArrayList<>();
    private long nextNs;

    Contacts(final MeshShared shared) {
        this.shared = shared;
        for (final SctpAddress address : shared.config().peers()) {
            if (!PeerTable.same(address, shared.local())) {
                contacts.add(new Contact(address, Machine.NO_DEADLINE));
            }
        }
    }

    boolean isEmpty() {
        return contacts.isEmpty();
    }

    /** A peer is gone: it may have been cut off only. */
    void lost(final SctpAddress address, final long nowNs) {
        if (address == null || contacts.stream().anyMatch(c -> PeerTable.same(c.address, address))) {
            return;
        }
        // as many as there may be peers; the oldest makes room
        if (contacts.size() >= shared.timers().maxPeers() + shared.config().peers().size()) {
            contacts.stream().filter(c -> c.forgetNs != Machine.NO_DEADLINE).findFirst().ifPresent(contacts::remove);
        }
        contacts.add(new Contact(address, nowNs + shared.timers().lostPeerMemoryNs()));
        nextNs = Math.min(nextNs, nowNs + shared.timers().contactRetryNs());
    }

    long nextDeadlineNs() {
        return contacts.isEmpty() ? Machine.NO_DEADLINE : nextNs;
    }

    void onDeadline(final long nowNs) {
        if (contacts.isEmpty() || nextNs > nowNs) {
            return;
        }
        nextNs = nowNs + shared.jittered(shared.timers().contactRetryNs());
        contacts.removeIf(c -> c.forgetNs <= nowNs && c.association == 0);
        for (final Contact c : contacts) {
            if (c.association == 0 && shared.peers().at(c.address, null) == null) {
                call(c, nowNs);
            }
        }
    }

    /** PRESENCE with R to whoever is there (section 3.2.2): 0 = its identifier is not known. */
    private void call(final Contact c, final long nowNs) {
        final int association = shared.links().connect(c.address, nowNs);
        if (association > 0) {
            c.association = association;
            shared.links().answer(association, shared.presence(0, true), nowNs);
        }
    }

    /** @return whether the association was one of these calls */
    boolean onDown(final int association) {
        for (final Contact c : contacts) {
            if (c.association == association) {
                c.association = 0;
                return true;
            }
        }
        return false;
    }

    /** Somebody spoke on one of our calls: the association is the peer's from now on. */
    boolean answered(final int association, final Peer peer) {
        for (final Contact c : contacts) {
            if (c.association == association) {
                c.association = 0;
                if (peer.address == null) {
                    peer.address = c.address;
                }
                return true;
            }
        }
        return false;
    }

    /** The call reached ourselves. */
    void isSelf(final int association) {
        contacts.removeIf(c -> c.association == association);
    }
}
