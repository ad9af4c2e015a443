// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import org.poolswitch.enrp.core.MeshObserver;
import org.poolswitch.launch.EventLog;
import org.poolswitch.observe.ErrorLog;
import org.poolswitch.runtime.PlugIns;
import org.poolswitch.sctp.SctpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator what happens among registrars. All of it is rare. */
final class MeshLog implements MeshObserver {
    private static final Logger LOG = LoggerFactory.getLogger(MeshLog.class);

    private final ErrorLog errors = new ErrorLog(LOG::warn);
    private EventLog events = EventLog.off();
    private volatile boolean journalLost;

    void events(final EventLog log) {
        events = log;
    }

    boolean isJournalLost() {
        return journalLost;
    }

    /** A full disk, for example: the registrar serves on. */
    void onJournalLost() {
        journalLost = true;
        events.event("journal-lost");
    }

    /** A user's selection policy threw. */
    void onPolicyFault(final Throwable fault) {
        errors.report("a selection policy failed", PlugIns.fault(fault), System.nanoTime());
    }

    private static String hex(final int id) {
        return Integer.toHexString(id);
    }

    @Override
    public void onInService(final int peers, final int elements) {
        LOG.info("in service with {} peers and {} elements", peers, elements);
        events.event("in-service", "peers", peers, "elements", elements);
    }

    @Override
    public void onPeer(final int peer, final SctpAddress address) {
        LOG.info("registrar {} at {} is a peer", hex(peer), address);
        events.event("peer", "server", hex(peer), "at", address);
    }

    @Override
    public void onPeerDead(final int peer) {
        LOG.warn("registrar {} does not answer; its elements get another home", hex(peer));
        events.event("peer-dead", "server", hex(peer));
    }

    @Override
    public void onTakeover(final int target, final int heir, final int elements) {
        LOG.info("registrar {} has taken over {} elements of {}", hex(heir), elements, hex(target));
        events.event("takeover", "server", hex(target), "by", hex(heir), "elements", elements, "at",
            System.nanoTime());
    }

    @Override
    public void onAudit(final int peer) {
        LOG.debug("the checksum of registrar {} differs; its table is fetched again", hex(peer));
        events.event("audit", "server", hex(peer));
    }

    @Override
    public void onDownloadEndless(final int peer) {
        LOG.warn("registrar {} sends page after page of its table and none is the last; after Download.Timeout this "
            + "registrar goes on without the rest", hex(peer));
        events.event("download-endless", "server", hex(peer));
    }

    @Override
    public void onDuplicatePeer(final int peer, final SctpAddress kept, final SctpAddress other) {
        LOG.error("the registrars at {} and {} both use the identifier {}; one of them must get another (--server-id, "
            + "or its own --journal). Until then the one at {} is not heard here", kept, other, hex(peer), other);
        events.event("duplicate-peer", "server", hex(peer), "at", kept, "and", other);
    }

    @Override
    public void onDuplicateIdentifier(final SctpAddress address) {
        LOG.error("the registrar at {} uses our identifier; one of the two must get another (--server-id, or its own "
            + "--journal)", address);
        events.event("duplicate-identifier", "at", address);
    }
}
