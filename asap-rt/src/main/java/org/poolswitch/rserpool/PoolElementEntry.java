// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.poolswitch.runtime.Deadlines;
import org.poolswitch.runtime.MalformedException;

/**
 * One element of a handlespace. It is its own node in every list, table and order it is in, and its values stay in the
 * octets of its parameter: with them it takes less than 300 octets of heap.
 *
 * <p>The area at the end belongs to the registrar that keeps the handlespace; nothing here reads it.
 */
public final class PoolElementEntry extends Ordered implements Deadlines.Entry {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle HALF = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final int HOME = 8;
    private static final int LIFE = 12;
    private static final int TRANSPORT = 16;

    final Pool pool;
    // all elements of the pool, in the order in which they came
    PoolElementEntry before;
    PoolElementEntry after;
    // the home registrar's elements
    Home home;
    PoolElementEntry ownedBefore;
    PoolElementEntry ownedNext;

    private int association;
    private int mark;
    private long expiresNs;
    private long keepAliveNs;
    private long registrationsNs = Long.MIN_VALUE;
    private long reportsNs = Long.MIN_VALUE;
    private int heapIndex = -1;
    private int flags;
    private PoolElementEntry sameAssociationBefore;
    private PoolElementEntry sameAssociationNext;

    PoolElementEntry(final int hash, final Pool pool, final byte[] octets) {
        super(hash);
        this.pool = pool;
        this.octets = octets;
    }

    /** The pool it is in. */
    public Pool pool() {
        return pool;
    }

    /** PE identifier. */
    public int identifier() {
        return (int) INT.get(octets, 4);
    }

    /** Home registrar's identifier, 0 = unknown. */
    public int homeServer() {
        return (int) INT.get(octets, HOME);
    }

    void homeServer(final int server) {
        INT.set(octets, HOME, server);
    }

    /** Registration life in milliseconds, -1 = for ever. */
    public int lifeMillis() {
        return (int) INT.get(octets, LIFE);
    }

    /** Whether it is still in its handlespace. */
    public boolean present() {
        return home != null;
    }

    private static int half(final byte[] octets, final int at) {
        return (short) HALF.get(octets, at) & 0xffff;
    }

    private int policyAt() {
        return TRANSPORT + (half(octets, TRANSPORT + 2) + 3 & ~3);
    }

    /** Where the parameter ends that ASAP messages have: before the ASAP transport and padding. */
    int asapLength() {
        final int policy = policyAt();
        return policy + half(octets, policy + 2);
    }

    void countHandedOut() {
        if (handedOut != Integer.MAX_VALUE) {
            handedOut++;
        }
    }

    /** Lets {@code values} look at the policy's values. */
    void policy(final PolicyValues values) {
        final int at = policyAt();
        values.wrap(octets, at + 4, half(octets, at + 2) - 4);
    }

    /** First value of its policy: load, weight or priority, unsigned; 0 if there is none. */
    public long policyValue() {
        final int at = policyAt();
        return half(octets, at + 2) >= 12 ? (int) INT.get(octets, at + 8) & 0xffffffffL : 0;
    }

    /** Whether its home registrar told where it sees the element: what ENRP messages must have. */
    public boolean hasAsapTransport() {
        return half(octets, 2) > (asapLength() + 3 & ~3);
    }

    /**
     * Octets that elements take in an ASAP message. Who asks before writing them also has all of them fetched from
     * memory at the same time; in a pool of a million each is somewhere else, and writing waits for one after the
     * other.
     */
    public static int asapLength(final PoolElementEntry[] elements, final int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += elements[i].asapLength() + 3 & ~3;
        }
        return sum;
    }

    /** Octets of its parameter, ASAP transport and padding included. */
    public int length() {
        return octets.length;
    }

    /** Writes its Policy parameter. */
    public void writePolicy(final ParameterWriter out) {
        final int at = policyAt();
        out.whole(octets, at, half(octets, at + 2));
    }

    /** Writes the parameter as ASAP messages have it: without ASAP transport. */
    public void writeAsap(final ParameterWriter out) {
        out.whole(octets, 0, asapLength());
    }

    /** Writes the parameter as ENRP messages have it: with ASAP transport. */
    public void writeEnrp(final ParameterWriter out) {
        out.whole(octets, 0, half(octets, 2));
    }

    /** The parameter taken apart; makes garbage. */
    public PoolElementParameter parameter() {
        try {
            return PoolElementParameter.read(ByteBuffer.wrap(octets, 4, half(octets, 2) - 4).slice());
        } catch (final MalformedException e) {
            throw new IllegalStateException("an element that was written cannot be read", e);
        }
    }

    /** Next element of its pool, then of the next pool; null at the end. See {@link Handlespace#first}. */
    public PoolElementEntry next() {
        return after != null ? after : pool.nextPool == null ? null : pool.nextPool.first;
    }

    /** Next element of the same home registrar; null at the end. */
    public PoolElementEntry nextOwned() {
        return ownedNext;
    }

    // ---- the registrar's area -----------------------------------------------------------------------------------

    /** Association over which it registered, 0 = none. */
    public int association() {
        return association;
    }

    public void association(final int value) {
        association = value;
    }

    /** When its registration ends. */
    public long expiresNs() {
        return expiresNs;
    }

    public void expiresNs(final long value) {
        expiresNs = value;
    }

    /** When it is asked next whether it lives, or must have answered. */
    public long keepAliveNs() {
        return keepAliveNs;
    }

    public void keepAliveNs(final long value) {
        keepAliveNs = value;
    }

    /** State of the limit on its registrations. */
    public long registrationsNs() {
        return registrationsNs;
    }

    public void registrationsNs(final long value) {
        registrationsNs = value;
    }

    /** State of the limit on reports about it. */
    public long reportsNs() {
        return reportsNs;
    }

    public void reportsNs(final long value) {
        reportsNs = value;
    }

    /** What is due first, the end of its life or a keep-alive. */
    @Override
    public long dueNs() {
        return Math.min(expiresNs, keepAliveNs);
    }

    @Override
    public int heapIndex() {
        return heapIndex;
    }

    @Override
    public void heapIndex(final int value) {
        heapIndex = value;
    }

    /** Bits of its registrar. */
    public int flags() {
        return flags;
    }

    public void flags(final int value) {
        flags = value;
    }

    /** An audit's mark: the round in which it was last seen. */
    public int mark() {
        return mark;
    }

    public void mark(final int value) {
        mark = value;
    }

    /** Elements that registered over one association. */
    public PoolElementEntry sameAssociationNext() {
        return sameAssociationNext;
    }

    public PoolElementEntry sameAssociationBefore() {
        return sameAssociationBefore;
    }

    public void sameAssociation(final PoolElementEntry previous, final PoolElementEntry following) {
        sameAssociationBefore = previous;
        sameAssociationNext = following;
    }
}
