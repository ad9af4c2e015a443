// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.udp;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Looks whether a socket has something to be read, and reads nothing. The loop's own selector does not tell: when a
 * timer expires, it has last looked before the datagrams of a burst were dealt with. For the rare time-out only, as
 * each look costs three system calls.
 */
final class Arrivals {
    /** Opened when first needed. */
    private Selector selector;

    boolean isReadable(final DatagramChannel channel) throws IOException {
        if (selector == null) {
            selector = Selector.open();
        }
        final SelectionKey known = channel.keyFor(selector);
        final SelectionKey key = known == null ? channel.register(selector, 0) : known;
        // of many sockets this one only
        key.interestOps(SelectionKey.OP_READ);
        selector.selectNow();
        key.interestOps(0);
        return selector.selectedKeys().remove(key);
    }

    /** A channel was closed: the system frees its port once no selector knows it. */
    void forgetClosed() throws IOException {
        if (selector != null) {
            selector.selectNow();
        }
    }

    void close() throws IOException {
        if (selector != null) {
            selector.close();
            selector = null;
        }
    }
}
