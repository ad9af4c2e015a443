// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.util.List;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PoolElementParameter;

/** Hears the answer to one {@link PoolUser#resolve}. Called from inside the stack's inputs. */
public interface ResolutionListener {
    /**
     * The registrar's answer.
     *
     * @param policy   the pool's policy
     * @param elements in the order the registrar chose, whatever their transport; at least one
     */
    void onResolved(byte[] poolHandle, PolicyParameter policy, List<PoolElementParameter> elements, long nowNs);

    /** The pool is unknown ({@link SessionFailure#UNKNOWN_POOL}), or no registrar answered in time. */
    void onUnresolved(byte[] poolHandle, SessionFailure reason, long nowNs);
}
