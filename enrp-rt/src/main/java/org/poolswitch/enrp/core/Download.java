// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.enrp.wire.HandleTableRequest;
import org.poolswitch.enrp.wire.HandleTableResponse;

/** One peer's table on its way to us, page by page (RFC 5353 sections 3.2.3 and 3.6.3). */
final class Download {
    /** What came of a page. */
    enum Progress {
        /** The next page is asked for. */
        GOING_ON,
        /** That was the last. */
        DONE,
        /** That was the last, but the first ones were not among them: all is asked for. */
        BEGUN_ANEW,
        /** The peer will not; somebody else may. */
        REJECTED,
        /** Pages come and come, and none is the last. */
        ENDLESS
    }

    private final MeshShared shared;
    private final PeerElements elements;
    private final Peer peer;
    private final boolean ownedOnly;
    /** The first page may be one from the middle, where an earlier download was given up. */
    private boolean fromTheMiddle;
    private long startedNs;
    private long untilNs;

    /** @param ownedOnly only what the peer owns (an audit), or all that it knows (start-up) */
    Download(final MeshShared shared, final PeerElements elements, final Peer peer, final boolean ownedOnly,
        final long nowNs) {
        this.shared = shared;
        this.elements = elements;
        this.peer = peer;
        this.ownedOnly = ownedOnly;
        fromTheMiddle = peer.placeKept;
        startedNs = nowNs;
        request(nowNs);
    }

    private void request(final long nowNs) {
        untilNs = nowNs + shared.timers().requestTimeoutNs();
        peer.placeKept = true;
        shared.links().send(peer, new HandleTableRequest(shared.serverId(), peer.id, ownedOnly), nowNs);
    }

    boolean ownedOnly() {
        return ownedOnly;
    }

    long untilNs() {
        return untilNs;
    }

    Progress onPage(final HandleTableResponse page, final long nowNs) {
        if (page.rejected()) {
            peer.placeKept = false;
            return Progress.REJECTED;
        }
        shared.count(EnrpCounter.TABLE_PAGES_RECEIVED);
        for (final HandleTableResponse.PoolEntry pool : page.pools()) {
            pool.elements().forEach(
                element -> elements.onDownloaded(peer, pool.handle(), element, !ownedOnly, nowNs));
        }
        if (page.more()) {
            return goOn(nowNs);
        }
        peer.placeKept = false;
        if (!fromTheMiddle) {
            return Progress.DONE;
        }
        // RFC 5353 section 3.6.3 removes what did not come, and a request does not say which page it wants
        fromTheMiddle = false;
        startedNs = nowNs;
        request(nowNs);
        return Progress.BEGUN_ANEW;
    }

    private Progress goOn(final long nowNs) {
        if (nowNs - startedNs < shared.timers().downloadTimeoutNs()) {
            request(nowNs);
            return Progress.GOING_ON;
        }
        shared.count(EnrpCounter.DOWNLOADS_ENDLESS);
        shared.observer().onDownloadEndless(peer.id);
        return Progress.ENDLESS;
    }
}
