// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All pools of an operation scope and who is in them: one structure for the registrar, the pool user's cache and tools.
 * Owned by one thread. Every operation costs O(log n) or less, and {@link Pool#select} O(k + log n) for k elements.
 */
public final class Handlespace {
    private final HandlespaceLimits limits;
    private final RandomGenerator random;
    private final SelectionPolicies policies;
    /** Keys all hashes, so that names and identifiers chosen by strangers do not collide on purpose. */
    private final int salt;
    private final HashChains pools = new HashChains();
    private final HashChains elements = new HashChains();
    private final HashChains homes = new HashChains();
    private final List<HandlespaceCursor> cursors = new ArrayList<>();
    private final PolicyValues values = new PolicyValues();
    private final ParameterWriter scratch;
    private Pool firstPool;
    private Pool lastPool;

    /** With the policies of the standard and of RSPLIB. */
    public Handlespace(final HandlespaceLimits limits, final RandomGenerator random) {
        this(limits, random, SelectionPolicies.standard());
    }

    /** @param random secure in production, seeded in simulation: random policies draw from it */
    public Handlespace(final HandlespaceLimits limits, final RandomGenerator random,
        final SelectionPolicies policies) {
        this.limits = limits;
        this.random = random;
        this.policies = policies;
        salt = random.nextInt();
        scratch = new ParameterWriter(limits.maxElementOctets() + 8);
    }

    // ---- finding ------------------------------------------------------------------------------------------------

    /** @return the pool, or null */
    public Pool pool(final PoolHandle handle) {
        return pool(handle.octets(), 0, handle.octets().length);
    }

    /** The same with the name's octets where they came. */
    public Pool pool(final byte[] buffer, final int offset, final int length) {
        final int hash = poolHash(buffer, offset, length);
        for (Hashed h = pools.first(hash); h != null; h = h.chained) {
            if (h.hash == hash && ((Pool) h).handle().is(buffer, offset, length)) {
                return (Pool) h;
            }
        }
        return null;
    }

    private int poolHash(final byte[] buffer, final int offset, final int length) {
        int h = salt;
        for (int i = 0; i < length; i++) {
            h = (h ^ buffer[offset + i]) * 0x01000193;
            h ^= h >>> 15;
        }
        return Hashed.mix(h);
    }

    /** @return the element, or null */
    public PoolElementEntry find(final PoolHandle handle, final int peIdentifier) {
        final Pool pool = pool(handle);
        return pool == null ? null : find(pool, peIdentifier);
    }

    /** @return the element, or null */
    public PoolElementEntry find(final Pool pool, final int peIdentifier) {
        final int hash = elementHash(pool, peIdentifier);
        for (Hashed h = elements.first(hash); h != null; h = h.chained) {
            final PoolElementEntry e = (PoolElementEntry) h;
            if (e.hash == hash && e.pool == pool && e.identifier() == peIdentifier) {
                return e;
            }
        }
        return null;
    }

    private int elementHash(final Pool pool, final int identifier) {
        return Hashed.mix(Hashed.mix(identifier ^ salt) + pool.hash);
    }

    // ---- changing -----------------------------------------------------------------------------------------------

    /**
     * Adds an element, or replaces what is known of it; the first one makes its pool.
     *
     * @return 0 = done, else why not: {@link ErrorCause#INCONSISTENT_POLICY}, {@code INCONSISTENT_TRANSPORT},
     *     {@code INCONSISTENT_DATA_CONTROL}, {@code LACK_OF_RESOURCES} at a limit
     */
    public int put(final PoolHandle handle, final PoolElementParameter element) {
        final Pool pool = pool(handle);
        if (pool != null) {
            final int conflict = conflict(pool, element);
            if (conflict != 0) {
                return conflict;
            }
        }
        final byte[] octets = octets(element);
        final PoolElementEntry known = pool == null ? null : find(pool, element.identifier());
        if (octets == null || known == null && full(pool)) {
            return ErrorCause.LACK_OF_RESOURCES;
        }
        if (known != null) {
            replace(known, octets);
        } else {
            add(pool != null ? pool : newPool(handle, element), element.identifier(), octets);
        }
        return 0;
    }

    private static int conflict(final Pool pool, final PoolElementParameter element) {
        if (pool.policyType() != element.policyType()) {
            return ErrorCause.INCONSISTENT_POLICY;
        }
        if (pool.transportType() != element.transportType()) {
            return ErrorCause.INCONSISTENT_TRANSPORT;
        }
        return pool.transportUse() != element.transportUse() ? ErrorCause.INCONSISTENT_DATA_CONTROL : 0;
    }

    private boolean full(final Pool pool) {
        return elements.size() >= limits.maxElements()
            || (pool == null ? pools.size() >= limits.maxPools() : pool.size() >= limits.maxElementsPerPool());
    }

    /** The parameter's octets in one order, padding included; null if there are too many. */
    private byte[] octets(final PoolElementParameter element) {
        final int asap = element.asapTransport() == null ? 0 : element.asapTransport().length + 3;
        if (16 + element.userTransport().length + 3 + 4 + element.policy().length + 3 + asap
            > limits.maxElementOctets()) {
            return null;
        }
        element.write(scratch.clear());
        return Arrays.copyOf(scratch.buffer(), scratch.position());
    }

    private Pool newPool(final PoolHandle handle, final PoolElementParameter element) {
        final SelectionPolicy policy = policies.of(element.policyType());
        final PolicyIndex index = policy instanceof ChancePolicy chance ? new ChanceIndex(chance, values, random)
            : ((RankedPolicy) policy).uniform() ? new RingIndex()
            : new RankedIndex((RankedPolicy) policy, values);
        final byte[] name = handle.octets();
        final Pool pool = new Pool(poolHash(name, 0, name.length), handle, element, policy.name(), index,
            limits.maxIncrement());
        pools.add(pool);
        pool.beforePool = lastPool;
        if (lastPool == null) {
            firstPool = pool;
        } else {
            lastPool.nextPool = pool;
        }
        lastPool = pool;
        return pool;
    }

    private void add(final Pool pool, final int identifier, final byte[] octets) {
        final PoolElementEntry e = new PoolElementEntry(elementHash(pool, identifier), pool, octets);
        elements.add(e);
        pool.add(e);
        moveIn(e);
    }

    private void replace(final PoolElementEntry e, final byte[] octets) {
        final int home = e.homeServer();
        e.octets = octets;
        if (e.homeServer() != home) {
            moveOut(e);
            moveIn(e);
        }
        e.pool.index.registeredAgain(e);
    }

    /** Takes an element out; its pool goes with the last one. */
    public void remove(final PoolElementEntry e) {
        for (int i = 0; i < cursors.size(); i++) {
            cursors.get(i).onRemoved(e);
        }
        moveOut(e);
        elements.remove(e);
        final Pool pool = e.pool;
        pool.remove(e);
        if (pool.size() == 0) {
            remove(pool);
        }
    }

    private void remove(final Pool pool) {
        pools.remove(pool);
        if (pool.beforePool == null) {
            firstPool = pool.nextPool;
        } else {
            pool.beforePool.nextPool = pool.nextPool;
        }
        if (pool.nextPool == null) {
            lastPool = pool.beforePool;
        } else {
            pool.nextPool.beforePool = pool.beforePool;
        }
    }

    // ---- homes --------------------------------------------------------------------------------------------------

    /** Gives an element to another registrar, at the end of what that one owns. */
    public void changeHome(final PoolElementEntry e, final int newHomeServer) {
        if (e.homeServer() != newHomeServer) {
            moveOut(e);
            e.homeServer(newHomeServer);
            moveIn(e);
        }
    }

    private Home home(final int server) {
        final int hash = Hashed.mix(server ^ salt);
        for (Hashed h = homes.first(hash); h != null; h = h.chained) {
            if (((Home) h).server == server) {
                return (Home) h;
            }
        }
        return null;
    }

    private void moveIn(final PoolElementEntry e) {
        final int server = e.homeServer();
        Home home = home(server);
        if (home == null) {
            home = new Home(Hashed.mix(server ^ salt), server);
            homes.add(home);
        }
        home.add(e);
    }

    private void moveOut(final PoolElementEntry e) {
        for (int i = 0; i < cursors.size(); i++) {
            cursors.get(i).onHomeLeft(e);
        }
        final Home home = e.home;
        home.remove(e);
        if (home.size == 0) {
            homes.remove(home);
        }
    }

    /** PE checksum of a registrar's elements (RFC 5353 section 3.6.2), 0 to 0xffff; 0xffff if it owns none. */
    public int checksum(final int homeServer) {
        return checksum(homeServer, limits.checksum());
    }

    /** The same by a rule of the caller's choice. */
    public int checksum(final int homeServer, final ChecksumRule rule) {
        final Home home = home(homeServer);
        return home == null ? 0xffff : home.sum.checksum(rule);
    }

    /** Elements that a registrar owns. */
    public int owned(final int homeServer) {
        final Home home = home(homeServer);
        return home == null ? 0 : home.size;
    }

    // ---- walking ------------------------------------------------------------------------------------------------

    /**
     * First of a registrar's elements, in the order in which they came to it; {@link PoolElementEntry#nextOwned} goes
     * on. An element may be removed once the one after it is known. To walk with pauses use {@link #cursorOwned}.
     */
    public PoolElementEntry firstOwned(final int homeServer) {
        final Home home = home(homeServer);
        return home == null ? null : home.first;
    }

    /** First of all elements, pool by pool; {@link PoolElementEntry#next} goes on. */
    public PoolElementEntry first() {
        return firstPool == null ? null : firstPool.first;
    }

    /** First of all pools; {@link Pool#next} goes on. */
    public Pool firstPool() {
        return firstPool;
    }

    /** A walk over all elements, pool by pool, that survives changes. */
    public HandlespaceCursor cursor() {
        return keep(new HandlespaceCursor(this, null, first()));
    }

    /** A walk over one registrar's elements that survives changes. */
    public HandlespaceCursor cursorOwned(final int homeServer) {
        final Home home = home(homeServer);
        return keep(new HandlespaceCursor(this, home, home == null ? null : home.first));
    }

    private HandlespaceCursor keep(final HandlespaceCursor cursor) {
        cursors.add(cursor);
        return cursor;
    }

    void forget(final HandlespaceCursor cursor) {
        cursors.remove(cursor);
    }

    /** Pools. */
    public int pools() {
        return pools.size();
    }

    /** Elements of all pools. */
    public int elements() {
        return elements.size();
    }
}
