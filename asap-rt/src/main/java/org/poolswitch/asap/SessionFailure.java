// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

/** Why a session could not go on. */
public enum SessionFailure {
    /** The registrar does not know the pool (RFC 5354 cause 0x9). */
    UNKNOWN_POOL,
    /** The pool is known and every element was tried in vain. */
    NO_ELEMENT,
    /** The pool is known, and none of its elements is reached by SCTP: ask {@link PoolUser#resolve} and dial it. */
    OTHER_TRANSPORT,
    /** No registrar answered in time, and the cache is empty. */
    NO_REGISTRAR,
    /** A message waited longer than the queue's age limit. */
    QUEUE_AGE
}
