// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.poolswitch.megaco.Mid;
import org.poolswitch.megaco.TransactionAck;

/**
 * Replies already given, so that a repeated request is answered and not executed again (RFC 3525 section D.1.1: at most
 * once). Kept for LONG-TIMER or until acknowledged.
 */
final class ReplyStore {
    private record Key(Mid controller, long transactionId) {
    }

    /**
     * One reply.
     *
     * @param requestHash of the request: a restarted controller may count its transactions from the start again
     * @param octets      the whole message
     * @param untilNs     when it may be forgotten
     */
    record Stored(int requestHash, byte[] octets, long untilNs) {
    }

    private final Map<Key, Stored> replies = new LinkedHashMap<>();
    private final int limit;
    private final long keepNs;

    ReplyStore(final int limit, final long keepNs) {
        this.limit = limit;
        this.keepNs = keepNs;
    }

    /** The reply to this request, or null. */
    Stored find(final Mid controller, final long transactionId) {
        return replies.get(new Key(controller, transactionId));
    }

    /** @return how many others had to go before their time */
    int keep(final Mid controller, final long transactionId, final int requestHash, final byte[] octets,
        final long nowNs) {
        final Key key = new Key(controller, transactionId);
        replies.remove(key);
        int forgotten = 0;
        // in order of insertion, hence of age
        final Iterator<Stored> oldest = replies.values().iterator();
        while (oldest.hasNext()) {
            final boolean old = oldest.next().untilNs - nowNs <= 0;
            if (!old && replies.size() < limit) {
                break;
            }
            forgotten += old ? 0 : 1;
            oldest.remove();
        }
        replies.put(key, new Stored(requestHash, octets, nowNs + keepNs));
        return forgotten;
    }

    /** The controller has these replies. A range costs no more than the table has entries. */
    void acknowledged(final Mid controller, final TransactionAck.Range range) {
        if (range.last() - range.first() < replies.size()) {
            for (long id = range.first(); id <= range.last(); id++) {
                replies.remove(new Key(controller, id));
            }
        } else {
            replies.keySet().removeIf(key -> key.controller.equals(controller)
                && key.transactionId >= range.first() && key.transactionId <= range.last());
        }
    }

    int size() {
        return replies.size();
    }
}
