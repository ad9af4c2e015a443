// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.ElementListener;

/** An element whose users do not matter to the test; it looks at what it overrides. */
interface QuietListener extends ElementListener {
    @Override
    default void onUserUp(final int association, final long nowNs) {
    }

    @Override
    default void onUserMessage(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
    }

    @Override
    default void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
    }

    @Override
    default void onUserDown(final int association, final long nowNs) {
    }
}
