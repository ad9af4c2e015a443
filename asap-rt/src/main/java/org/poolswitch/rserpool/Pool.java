// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

/** One pool of a handlespace: its elements, and what they have in common. */
public final class Pool extends Hashed {
    private final PoolHandle handle;
    private final int policyType;
    private final int transportType;
    private final int transportUse;
    private final String policyName;
    private final int maxIncrement;
    final PolicyIndex index;
    PoolElementEntry first;
    PoolElementEntry last;
    Pool beforePool;
    Pool nextPool;
    private int size;

    Pool(final int hash, final PoolHandle handle, final PoolElementParameter element, final String policyName,
        final PolicyIndex index, final int maxIncrement) {
        super(hash);
        this.handle = handle;
        this.policyType = element.policyType();
        this.transportType = element.transportType();
        this.transportUse = element.transportUse();
        this.policyName = policyName;
        this.index = index;
        this.maxIncrement = maxIncrement;
    }

    /** Its name. */
    public PoolHandle handle() {
        return handle;
    }

    /** Policy of all its elements, fixed by the first (RFC 5352 section 3.1). */
    public int policyType() {
        return policyType;
    }

    /** The policy's name for people. */
    public String policyName() {
        return policyName;
    }

    /** Transport parameter type of all its elements, fixed by the first. */
    public int transportType() {
        return transportType;
    }

    /** Transport use of all its elements, fixed by the first. */
    public int transportUse() {
        return transportUse;
    }

    /** Elements in it. */
    public int size() {
        return size;
    }

    /** Its first element; {@link PoolElementEntry#next} goes on, {@link PoolElementEntry#pool} tells where it ends. */
    public PoolElementEntry first() {
        return first;
    }

    /** The next pool; null at the end. */
    public Pool next() {
        return nextPool;
    }

    /**
     * Names elements, best first, by the policy; each once. The first ones (MaxIncrement) have had their turn by that.
     *
     * @param limit how many at most, not more than {@code into} holds
     * @return how many were put
     */
    public int select(final PoolElementEntry[] into, final int limit) {
        return index.select(into, limit, maxIncrement);
    }

    void add(final PoolElementEntry e) {
        e.before = last;
        if (last == null) {
            first = e;
        } else {
            last.after = e;
        }
        last = e;
        size++;
        index.add(e);
    }

    void remove(final PoolElementEntry e) {
        if (e.before == null) {
            first = e.after;
        } else {
            e.before.after = e.after;
        }
        if (e.after == null) {
            last = e.before;
        } else {
            e.after.before = e.before;
        }
        e.before = null;
        e.after = null;
        size--;
        index.remove(e);
    }
}
