// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.Failover;

/** A session's move: from the loss of its element until everything has been sent to the next and that one is heard. */
final class SessionMove {
    private boolean underWay;
    private int from;
    private Failover.Cause cause;
    private long lastHeardNs;
    private long detectedNs;
    private boolean hadCookie;
    private int resent;
    /** The last move, until the new element is heard. */
    private Failover unconfirmed;
    private long pendingSinceNs;

    boolean isUnderWay() {
        return underWay;
    }

    /** An element was lost. @param waitingSinceNs since when somebody waited for it, or 0 */
    void onLost(final long waitingSinceNs) {
        if (!underWay && unconfirmed == null) {
            pendingSinceNs = waitingSinceNs;
        }
        unconfirmed = null;
    }

    /** What is at stake goes elsewhere; if the next element was lost too, the move goes on from the first one. */
    void begin(final int lost, final Failover.Cause why, final long heardNs, final long nowNs) {
        if (!underWay) {
            underWay = true;
            from = lost;
            cause = why;
            lastHeardNs = heardNs;
            detectedNs = nowNs;
        }
        hadCookie = false;
        resent = 0;
    }

    void onCookieEchoed() {
        hadCookie = true;
    }

    void onResent() {
        resent++;
    }

    /** Everything was sent to the next element. */
    Failover complete(final int to) {
        underWay = false;
        unconfirmed = new Failover(from, to, cause, lastHeardNs, detectedNs, hadCookie, resent);
        return unconfirmed;
    }

    /** There is nothing to move any more. */
    void cancel() {
        underWay = false;
    }

    /** The element in charge was heard. @return the move that ends with it, or null */
    Failover confirm() {
        final Failover confirmed = unconfirmed;
        unconfirmed = null;
        return confirmed;
    }

    /** Since when a message waited for the lost element's answer, or 0 if none did. */
    long pendingSinceNs() {
        return pendingSinceNs;
    }
}
