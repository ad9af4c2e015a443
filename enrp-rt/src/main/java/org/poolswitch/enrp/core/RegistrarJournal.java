// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;

/** Where a registrar keeps what it must know after a restart. Calls come from the registrar's own thread. */
public interface RegistrarJournal {
    /** Remembers nothing. */
    RegistrarJournal NONE = new RegistrarJournal() {
        @Override
        public int identifier() {
            return 0;
        }

        @Override
        public void identifier(final int serverId) {
        }

        @Override
        public void replay(final Replay replay) {
        }

        @Override
        public void put(final PoolElementEntry element) {
        }

        @Override
        public void remove(final PoolElementEntry element) {
        }
    };

    /** Gets what was remembered. */
    @FunctionalInterface
    interface Replay {
        /** One element as it was last put. */
        void element(PoolHandle handle, PoolElementParameter element);
    }

    /** The server identifier of the life before, or 0 if there was none. */
    int identifier();

    /** This life's server identifier. */
    void identifier(int serverId);

    /** Hands out every element that was put and not removed, with its home at that time. */
    void replay(Replay replay);

    /** All that is worth remembering, for a journal that writes itself anew; to be read only. */
    default void attach(final Handlespace all) {
    }

    /** An element came, changed, or got another home. */
    void put(PoolElementEntry element);

    /** An element is about to go. */
    void remove(PoolElementEntry element);
}
