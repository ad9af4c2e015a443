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

    /** Ends everything. */
    void close() throws Exception;

    /** Monotonic time as the peers see it. */
    long nowNs();
}
