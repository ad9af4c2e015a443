// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.runtime.RateLimit;
import org.poolswitch.sctp.SctpAddress;

/** An association with elements and users at its other end: what is theirs, and what they have asked lately. */
final class AsapPeer {
    final int association;
    /** Null until the association is up. */
    SctpAddress remote;
    /** We opened it, to reach elements that we took over. */
    final boolean ours;
    /** Where to, if we did; the other end may say that it has more addresses. */
    final SctpAddress openedTo;
    /** It goes to where users reach the element, because its ASAP transport did not answer. */
    boolean atUserTransport;
    /** All addresses of the other end, as far as asked for. */
    List<InetAddress> addresses;
    /** Its ASAP Transport parameter, made at the first registration. */
    byte[] transport;
    private PoolElementEntry first;
    private int elements;
    final List<Subscription> subscriptions = new ArrayList<>(0);
    // states of rate limits
    long resolutionsNs = RateLimit.FRESH;
    long registrationsNs = RateLimit.FRESH;
    long reportsNs = RateLimit.FRESH;
    long errorsNs = RateLimit.FRESH;

    AsapPeer(final int association, final SctpAddress remote, final boolean ours) {
        this.association = association;
        this.remote = remote;
        this.ours = ours;
        openedTo = ours ? remote : null;
    }

    PoolElementEntry first() {
        return first;
    }

    /** How many are its. */
    int elements() {
        return elements;
    }

    void add(final PoolElementEntry e) {
        elements++;
        e.association(association);
        e.sameAssociation(null, first);
        if (first != null) {
            first.sameAssociation(e, first.sameAssociationNext());
        }
        first = e;
    }

    void remove(final PoolElementEntry e) {
        elements--;
        final PoolElementEntry before = e.sameAssociationBefore();
        final PoolElementEntry next = e.sameAssociationNext();
        if (before == null) {
            first = next;
        } else {
            before.sameAssociation(before.sameAssociationBefore(), next);
        }
        if (next != null) {
            next.sameAssociation(before, next.sameAssociationNext());
        }
        e.sameAssociation(null, null);
        e.association(0);
    }
}
