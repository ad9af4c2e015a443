// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.Deadlines;
import org.poolswitch.runtime.Machine;

/**
 * The one place where elements come, change and go: handlespace, associations, deadlines, subscribers and listeners
 * stay of one mind by that.
 */
final class ElementBook {
    private static final long MS = 1_000_000L;
    // bits of an element's flags
    /** A keep-alive is out. */
    static final int ASKED = 1;
    /** It must still hear that we are its home registrar now (H bit). */
    static final int NEW_HOME = 2;
    /** So many users reported it that it gets less time to answer. */
    static final int REPORTED = 4;
    /** A registrar could not reach it: another's element, whose home is to ask it now, or ours, which we ask. */
    static final int DOUBTED = 8;
    /** An element of another registrar answered us a moment ago. */
    static final int ANSWERED = 16;

    private final int serverId;
    private final RegistrarConfig config;
    private final Handlespace space;
    private final AsapPeers peers;
    private final Subscriptions subscriptions;
    private final Deadlines<PoolElementEntry> deadlines;
    private final Sameness sameness = new Sameness();
    private final List<HandlespaceListener> listeners = new ArrayList<>();

    ElementBook(final int serverId, final RegistrarConfig config, final Handlespace space, final AsapPeers peers,
        final Subscriptions subscriptions, final Deadlines<PoolElementEntry> deadlines) {
        this.serverId = serverId;
        this.config = config;
        this.space = space;
        this.peers = peers;
        this.subscriptions = subscriptions;
        this.deadlines = deadlines;
    }

    void listen(final HandlespaceListener listener) {
        listeners.add(listener);
    }

    boolean owns(final PoolElementEntry e) {
        return e.homeServer() == serverId;
    }

    /**
     * An element registers over an association.
     *
     * @param element with its ASAP transport
     * @return 0, or the cause of a refusal by the handlespace
     */
    int register(final AsapPeer peer, final PoolHandle handle, final PoolElementEntry known,
        final PoolElementParameter element, final long keepAliveNs, final long nowNs) {
        final boolean mine = known != null && owns(known);
        final PoolElementParameter ours = element.withHome(serverId);
        final boolean same = mine && sameness.of(known, ours);
        final int cause = space.put(handle, ours);
        if (cause != 0) {
            return cause;
        }
        final PoolElementEntry e = known != null ? known : space.find(handle, element.identifier());
        if (e.association() != peer.association) {
            peers.detach(e, nowNs);
            peer.add(e);
        }
        e.flags(0);
        schedule(e, keepAliveNs, nowNs);
        subscriptions.onChanged(handle, nowNs);
        for (final HandlespaceListener listener : listeners) {
            if (same) {
                listener.onOwnedRenewed(e, nowNs);
            } else if (mine) {
                listener.onOwnedUpdated(e, nowNs);
            } else {
                listener.onOwnedAdded(e, nowNs);
            }
        }
        return 0;
    }

    private void schedule(final PoolElementEntry e, final long keepAliveNs, final long nowNs) {
        final int life = e.lifeMillis();
        if (owns(e)) {
            e.expiresNs(nowNs + granted(life) * MS);
        } else {
            e.expiresNs(life < 0 ? Machine.NO_DEADLINE : nowNs + life * MS);
        }
        e.keepAliveNs(keepAliveNs);
        deadlines.update(e);
    }

    /** The field is signed by the standard and unsigned at RSPLIB: what looks negative is very long for both. */
    private long granted(final int lifeMillis) {
        return lifeMillis < 0 ? config.maxLifeMillis() : Math.min(lifeMillis, config.maxLifeMillis());
    }

    /** How long ago its registration was made or renewed, in milliseconds; -1 if it never ends. */
    long ageMillis(final PoolElementEntry e, final long nowNs) {
        final long life = owns(e) ? granted(e.lifeMillis()) : e.lifeMillis();
        return e.expiresNs() == Machine.NO_DEADLINE ? -1 : Math.max(0, life - (e.expiresNs() - nowNs) / MS);
    }

    /** A peer says that an element of its is there. @return 0, or the cause of a refusal by the handlespace */
    int putForeign(final PoolHandle handle, final PoolElementParameter element, final long nowNs) {
        final int cause = space.put(handle, element);
        if (cause == 0) {
            final PoolElementEntry e = space.find(handle, element.identifier());
            peers.detach(e, nowNs);
            e.flags(0);
            schedule(e, Machine.NO_DEADLINE, nowNs);
            subscriptions.onChanged(handle, nowNs);
        }
        return cause;
    }

    /** An element becomes ours although it did not register here: its registrar is dead, or we come back. */
    void adopt(final PoolElementEntry e, final long nowNs) {
        space.changeHome(e, serverId);
        e.flags(NEW_HOME);
        // asked at the next deadline: at once, but not within somebody else's loop
        schedule(e, nowNs, nowNs);
        for (final HandlespaceListener listener : listeners) {
            listener.onOwnedAdded(e, nowNs);
        }
    }

    /** An element of another registrar does not answer us: its home is to hear of it. */
    void tellUnreachable(final PoolElementEntry e, final long nowNs) {
        for (final HandlespaceListener listener : listeners) {
            listener.onForeignUnreachable(e, nowNs);
        }
    }

    /** An element of ours lives, which somebody doubted. */
    void tellAlive(final PoolElementEntry e, final long nowNs) {
        for (final HandlespaceListener listener : listeners) {
            listener.onOwnedRenewed(e, nowNs);
        }
    }

    /** An element of another registrar leaves through us: ours for the moment, so that {@link #remove} tells all. */
    void adoptLeaving(final PoolElementEntry e) {
        space.changeHome(e, serverId);
    }

    /** An element goes; peers hear of it if it was ours. */
    void remove(final PoolElementEntry e, final long nowNs) {
        if (owns(e)) {
            for (final HandlespaceListener listener : listeners) {
                listener.onOwnedRemoved(e, nowNs);
            }
        }
        removeQuietly(e, nowNs);
    }

    /** An element goes, and only those here hear of it. */
    void removeQuietly(final PoolElementEntry e, final long nowNs) {
        for (final HandlespaceListener listener : listeners) {
            listener.onRemoved(e, nowNs);
        }
        deadlines.remove(e);
        peers.detach(e, nowNs);
        final PoolHandle handle = e.pool().handle();
        space.remove(e);
        subscriptions.onChanged(handle, nowNs);
    }
}
