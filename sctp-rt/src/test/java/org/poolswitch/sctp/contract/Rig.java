// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;

/** What the contract needs of a transport: peers, a way to act on them, a way to wait, a way to hurt. */
public interface Rig {
    /** A peer that others can connect to. */
    TestPeer listener() throws Exception;

    /** A peer that only connects. */
    TestPeer client() throws Exception;

    /** Where nobody listens, on a host that answers. */
    SctpAddress nobody() throws Exception;

    /** Does something on the peer's own thread. */
    <T> T on(TestPeer peer, Function<SctpEndpoint, T> action) throws Exception;

    /** Lets time pass until the condition holds; false if it does not within some seconds. */
    boolean await(BooleanSupplier condition) throws Exception;

    /** True if {@link #kill} works here. */
    boolean canKill();

    /** The peer's process is gone without a word. */
    void kill(TestPeer peer) throws Exception;

    /**
     * True if {@link #pathListener} and {@link #pathClient} work here: path n, 0 or 1, leads from the client's n-th
     * address to the listener's, and nowhere else.
     */
    default boolean canMultiHome() {
        return false;
    }

    /** A peer with two addresses that others can connect to. */
    default TestPeer pathListener() throws Exception {
        throw new UnsupportedOperationException("one address only");
    }

    /** A peer with two addresses that only connects. */
    default TestPeer pathClient() throws Exception {
        throw new UnsupportedOperationException("one address only");
    }

    /** True if {@link #cutPath} and {@link #healPath} work here. */
    default boolean canCutPath() {
        return false;
    }

    /** From now on everything on this path is lost without a word, both ways. */
    default void cutPath(final int path) throws Exception {
        throw new UnsupportedOperationException("paths cannot be cut");
    }

    /** The path carries packets again. */
    default void healPath(final int path) throws Exception {
        throw new UnsupportedOperationException("paths cannot be cut");
    }

    /** Octets that this path has carried so far, both ways, or -1 if the rig cannot tell. */
    default long carriedOctets(final int path) throws Exception {
        return -1;
    }

    /** True if no answer is late here because the machine is busy. */
    default boolean isTimely() {
        return false;
    }

    /** Ends everything. */
    void close() throws Exception;

    /** Monotonic time as the peers see it. */
    long nowNs();
}
