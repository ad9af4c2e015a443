// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.SendStatus;

/**
 * The pool element side of ASAP (RFC 5352): registration with the registrar, and the sessions that users hold with us.
 * A user's session is named by its association and the stream it speaks on; answers go out on the same stream.
 */
public interface PoolElement {
    /**
     * Our PE identifier: random, not 0, the same for every pool this process joins; but in a pool where somebody else
     * has it, another one ({@link AsapObserver#onRegistered}).
     */
    int identifier();

    /**
     * Joins a pool once a registrar is found, and stays registered until it is left. The policy has the operator's
     * values, if the configuration has a policy, else weight or priority 1 and the load as told.
     */
    void register(byte[] poolHandle, int policyType, long nowNs);

    /**
     * The same with a policy's values, and possibly for a service that is not ours: users are sent to its transport,
     * of whatever kind, and never come here. A pool that we are in already gets the new policy
     * and the new transport, at once. The registrar takes another type of policy or kind of transport only from one
     * that is alone in its pool ({@link AsapObserver#onRegistrationRefused}).
     *
     * @param transport where users go; null = this endpoint, with data and control channel
     * @return false if we are in as many pools as we may
     */
    default boolean register(final byte[] poolHandle, final PolicyParameter policy,
        final TransportParameter transport, final long nowNs) {
        register(poolHandle, policy.type(), nowNs);
        return true;
    }

    /**
     * New values of the policy in one pool (RFC 5352 section 3.1: a registration may change them). Told now, or after
     * Load.Report if that was told a short while ago.
     *
     * @return false if we are not in that pool
     */
    default boolean updatePolicy(final byte[] poolHandle, final PolicyParameter policy, final long nowNs) {
        return false;
    }

    /** Leaves one pool. */
    default void deregister(final byte[] poolHandle, final long nowNs) {
        deregister(nowNs);
    }

    /** New load for the Least Used policies: 0 = idle, 0xffffffff = 100 %. Re-registers when it changed enough. */
    void updateLoad(long load, long nowNs);

    /** Leaves all pools (drain): no new sessions come; those that exist go on. */
    void deregister(long nowNs);

    /** True once no registration is left at the registrar, or no registrar can be reached to tell. */
    boolean isDeregistered();

    /** Data to a user, on its session's stream. */
    SendStatus sendToUser(int association, int stream, int ppid, byte[] buffer, int offset, int length, long nowNs);

    /** COOKIE on the session's stream; the user keeps the newest and echoes it to whoever takes over. */
    SendStatus sendCookie(int association, int stream, byte[] cookie, int offset, int length, long nowNs);

    /** Ends an association with a user at once. */
    void abortUser(int association, long nowNs);

    /**
     * True while our own clock's jump makes it doubtful whether this user still wants us to speak for its calls. Output
     * to it is held; whoever commands third parties for such a call waits for
     * {@link ElementListener#onUserUnfenced} or {@link ElementListener#onUserDown}.
     */
    boolean isFenced(int association);
}
