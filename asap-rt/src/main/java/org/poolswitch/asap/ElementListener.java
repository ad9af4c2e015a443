// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

/** What a pool element's application hears of the users that hold sessions with it. */
public interface ElementListener {
    /** A user opened an association. */
    void onUserUp(int association, long nowNs);

    /** Data in a user's session. */
    void onUserMessage(int association, int stream, int ppid, byte[] buffer, int offset, int length, long nowNs);

    /** COOKIE_ECHO: the user fails over to us; rebuild the conversation. Bytes are untrusted: check their seal. */
    void onCookieEcho(int association, int stream, byte[] buffer, int offset, int length, long nowNs);

    /**
     * A user's association ended, and with it every session on it: either the user is gone, or it has chosen somebody
     * else to speak for its calls. Until it comes back, speak for none of them.
     */
    void onUserDown(int association, long nowNs);

    /**
     * After a pause of ours the user proved that it still holds its association with us: held output has gone out, and
     * what was deferred for its calls ({@link PoolElement#isFenced}) may be done.
     */
    default void onUserUnfenced(final int association, final long nowNs) {
    }
}
