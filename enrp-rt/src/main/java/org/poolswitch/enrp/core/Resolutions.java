// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.Pool;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.runtime.MalformedException;

/** Handle resolution (RFC 5352 section 3.3): the registrar's hot path. It makes no garbage. */
final class Resolutions {
    private final RegistrarConfig config;
    private final Counters counters;
    private final AsapAnswers answers;
    private final Handlespace space;
    private final Subscriptions subscriptions;
    private final PoolElementEntry[] selected;

    Resolutions(final RegistrarConfig config, final Counters counters, final AsapAnswers answers,
        final Handlespace space, final Subscriptions subscriptions) {
        this.config = config;
        this.counters = counters;
        this.answers = answers;
        this.space = space;
        this.subscriptions = subscriptions;
        selected = new PoolElementEntry[config.maxHandleResolutionItems()];
    }

    void onHandleResolution(final AsapPeer peer, final AsapRequest request, final long nowNs)
        throws MalformedException {
        request.needHandle();
        peer.resolutionsNs = config.rates().resolutions().take(peer.resolutionsNs, nowNs);
        final boolean wanted = (request.flags() & AsapType.FLAG_SUBSCRIBE) != 0;
        final boolean subscribed = wanted && subscriptions.subscribe(peer, request.handle());
        if (!wanted) {
            // section 2.2.5: no updates are requested, whatever was before
            subscriptions.cancel(peer, request.buffer(), request.handleAt(), request.handleLength());
        }
        final Pool pool = space.pool(request.buffer(), request.handleAt(), request.handleLength());
        if (pool == null) {
            counters.increment(RegistrarCounter.RESOLUTIONS_UNKNOWN);
            answers.unknownPool(peer.association, request.handle(), subscribed, nowNs);
            return;
        }
        counters.increment(RegistrarCounter.RESOLUTIONS);
        // -1 is "all you give away"
        final int most = request.items() > 0 ? Math.min(request.items(), selected.length) : selected.length;
        answers.resolution(peer.association, pool, selected, pool.select(selected, most), subscribed, nowNs);
    }
}
