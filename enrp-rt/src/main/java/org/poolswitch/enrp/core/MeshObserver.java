// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.sctp.SctpAddress;

/** Hears what happens among registrars, for operators' logs. Called on the registrar's own thread; must not block. */
public interface MeshObserver {
    /** Nobody looks. */
    MeshObserver NONE = new MeshObserver() {
    };

    /** This registrar has found its peers or waited long enough: it serves. */
    default void onInService(final int peers, final int elements) {
    }

    /** A peer that was not known. {@code address} may be null. */
    default void onPeer(final int peer, final SctpAddress address) {
    }

    /** A peer that answers no more, or left: its elements get another home. */
    default void onPeerDead(final int peer) {
    }

    /** What {@code target} owned is {@code heir}'s now: this server or another. */
    default void onTakeover(final int target, final int heir, final int elements) {
    }

    /** A peer's checksum and ours differ; its table is fetched again. */
    default void onAudit(final int peer) {
    }

    /** A peer's table was not complete after Download.Timeout, though its pages came; it is not asked for more. */
    default void onDownloadEndless(final int peer) {
    }

    /** Two other registrars use one identifier: the one at {@code kept} is the peer, the other is not heard. */
    default void onDuplicatePeer(final int peer, final SctpAddress kept, final SctpAddress other) {
    }

    /** Another registrar uses this one's identifier: it spoke to us, or a third one has told us of it. */
    default void onDuplicateIdentifier(final SctpAddress address) {
    }
}
