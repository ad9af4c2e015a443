// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.sctp.SctpEndpoint;

/** A registrar's ASAP procedures (RFC 5352 section 3): who is in which pool, and who of them lives. */
final class RegistrationProcedures {
    private static final long MS = 1_000_000L;
    private static final byte[] NOTHING = new byte[0];

    private final RegistrarConfig config;
    private final SctpEndpoint endpoint;
    private final RandomGenerator random;
    private final Counters counters;
    private final AsapAnswers answers;
    private final Map<PoolHandle, Pool> pools = new HashMap<>();
    private long nextNs = Machine.NO_DEADLINE;
    private int elements;

    RegistrationProcedures(final RegistrarConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final Counters counters, final AsapAnswers answers) {
        this.config = config;
        this.endpoint = endpoint;
        this.random = random;
        this.counters = counters;
        this.answers = answers;
    }

    int pools() {
        return pools.size();
    }

    int elements() {
        return elements;
    }

    // ---- messages -----------------------------------------------------------------------------------------------

    /** What a message's parameters say; those that a message must have are checked by who needs them. */
    private static final class Parameters {
        private PoolHandle handle;
        private int identifier;
        private PoolElementParameter element;
        private int items;
    }

    private Parameters read(final int association, final ByteBuffer body, final long nowNs) throws MalformedException {
        final Parameters p = new Parameters();
        final ParameterReader in = new ParameterReader(body);
        while (in.next()) {
            switch (in.type()) {
                case ParameterType.POOL_HANDLE -> {
                    final byte[] octets = in.bytes();
                    if (octets.length < 1 || octets.length > PoolHandle.LONGEST) {
                        throw new MalformedException("a pool handle of " + octets.length + " octets");
                    }
                    p.handle = new PoolHandle(octets);
                }
                case ParameterType.PE_IDENTIFIER -> p.identifier = in.word();
                case ParameterType.POOL_ELEMENT -> p.element = PoolElementParameter.read(in.value());
                case ParameterType.HANDLE_RESOLUTION_OPTION -> p.items = in.word();
                default -> {
                    counters.increment(RegistrarCounter.UNRECOGNIZED);
                    if (!in.skipUnknown()) {
                        report(association, in, nowNs);
                        throw new MalformedException("a parameter that may not be skipped");
                    }
                }
            }
        }
        report(association, in, nowNs);
        if (p.handle == null) {
            throw new MalformedException("no pool handle");
        }
        return p;
    }

    private void report(final int association, final ParameterReader in, final long nowNs) {
        if (association != 0 && !in.unrecognized().isEmpty()) {
            answers.unrecognizedParameters(association, in.unrecognized(), nowNs);
        }
    }

    /** Section 3.1. */
    void onRegistration(final int association, final ByteBuffer body, final long nowNs) throws MalformedException {
        final Parameters p = read(association, body, nowNs);
        if (p.element == null || p.element.identifier() == 0) {
            throw new MalformedException("a registration without an element");
        }
        final PoolElementParameter e = p.element.withHome(answers.serverId());
        Pool pool = pools.get(p.handle);
        final OwnedElement known = pool == null ? null : pool.elements.get(e.identifier());
        final int cause = refusal(pool, known, e, association);
        if (cause != 0) {
            counters.increment(RegistrarCounter.REGISTRATIONS_REJECTED);
            answers.registration(association, p.handle, e.identifier(), cause, info(cause, pool), nowNs);
            return;
        }
        if (pool == null) {
            pool = new Pool(p.handle, e.policyType(), e.transportType(), e.transportUse());
            pools.put(p.handle, pool);
        }
        OwnedElement owned = known;
        if (owned == null) {
            owned = new OwnedElement(pool, e, association);
            owned.sequence = pool.nextSequence();
            pool.elements.put(e.identifier(), owned);
            elements++;
            owned.keepAliveNs = nowNs + randomInterval();
        }
        owned.parameter = e;
        owned.association = association;
        owned.badReports = 0;
        final long lifeMillis = e.lifeMillis() < 0 ? config.maxLifeMillis()
            : Math.min(e.lifeMillis(), config.maxLifeMillis());
        owned.expiresNs = nowNs + lifeMillis * MS;
        nextNs = Math.min(nextNs, Math.min(owned.expiresNs, owned.keepAliveNs));
        counters.increment(RegistrarCounter.REGISTRATIONS);
        answers.registration(association, p.handle, e.identifier(), 0, NOTHING, nowNs);
    }

    private int refusal(final Pool pool, final OwnedElement known, final PoolElementParameter e,
        final int association) {
        if (pool == null) {
            return pools.size() < config.maxPools() ? 0 : ErrorCause.LACK_OF_RESOURCES;
        }
        if (pool.policyType != e.policyType()) {
            return ErrorCause.INCONSISTENT_POLICY;
        }
        if (pool.transportType != e.transportType()) {
            return ErrorCause.INCONSISTENT_TRANSPORT;
        }
        if (pool.transportUse != e.transportUse()) {
            return ErrorCause.INCONSISTENT_DATA_CONTROL;
        }
        if (known == null) {
            return pool.elements.size() < config.maxElementsPerPool() ? 0 : ErrorCause.LACK_OF_RESOURCES;
        }
        // the same identifier from somewhere else while its owner lives is somebody else (cause 0x4); after a lost
        // association it is the same element come back
        final boolean taken = known.association != association
            && endpoint.lastHeardNs(known.association) != Long.MIN_VALUE
            && !Arrays.equals(known.parameter.userTransport(), e.userTransport());
        return taken ? ErrorCause.NON_UNIQUE_PE_IDENTIFIER : 0;
    }

    private static byte[] info(final int cause, final Pool pool) {
        if (cause != ErrorCause.INCONSISTENT_POLICY || pool.elements.isEmpty()) {
            return NOTHING;
        }
        final byte[] policy = pool.elements.values().iterator().next().parameter.policy();
        return ByteBuffer.allocate(4 + policy.length).putShort((short) ParameterType.POLICY)
            .putShort((short) (4 + policy.length)).put(policy).array();
    }

    /** Section 3.2: unknown elements are confirmed too, for they are not there, as asked. */
    void onDeregistration(final int association, final ByteBuffer body, final long nowNs) throws MalformedException {
        final Parameters p = read(association, body, nowNs);
        final OwnedElement owned = find(p);
        if (owned != null && owned.association == association) {
            remove(owned);
            counters.increment(RegistrarCounter.DEREGISTRATIONS);
        }
        answers.deregistration(association, p.handle, p.identifier, nowNs);
    }

    private OwnedElement find(final Parameters p) {
        final Pool pool = pools.get(p.handle);
        return pool == null ? null : pool.elements.get(p.identifier);
    }

    /** Section 3.3. */
    void onHandleResolution(final int association, final ByteBuffer body, final long nowNs)
        throws MalformedException {
        final Parameters p = read(association, body, nowNs);
        final Pool pool = pools.get(p.handle);
        if (pool == null) {
            counters.increment(RegistrarCounter.RESOLUTIONS_UNKNOWN);
            answers.unknownPool(association, p.handle, nowNs);
            return;
        }
        final int limit = p.items > 0 ? Math.min(p.items, config.maxResolvedElements()) : config.maxResolvedElements();
        counters.increment(RegistrarCounter.RESOLUTIONS);
        answers.resolution(association, pool, pool.select(limit, random), nowNs);
    }

    /** Section 3.5: asked at once whether it lives; removed unasked after too many reports. */
    void onUnreachable(final ByteBuffer body, final long nowNs) throws MalformedException {
        counters.increment(RegistrarCounter.UNREACHABLE_REPORTS);
        final OwnedElement owned = find(read(0, body, nowNs));
        if (owned == null) {
            return;
        }
        if (++owned.badReports > config.maxBadPeReport()) {
            counters.increment(RegistrarCounter.REMOVED_REPORTED);
            remove(owned);
        } else if (!owned.keepAliveOut) {
            keepAlive(owned, nowNs);
        }
    }

    /** Section 3.4: it lives. */
    void onKeepAliveAck(final ByteBuffer body, final long nowNs) throws MalformedException {
        final OwnedElement owned = find(read(0, body, nowNs));
        if (owned != null) {
            owned.keepAliveOut = false;
            owned.badReports = 0;
            owned.keepAliveNs = nowNs + randomInterval();
            nextNs = Math.min(nextNs, owned.keepAliveNs);
        }
    }

    // ---- time ---------------------------------------------------------------------------------------------------

    private long randomInterval() {
        // section 3.4: plus or minus half, so that elements are not asked in step
        return config.keepAliveIntervalNs() / 2 + random.nextLong(config.keepAliveIntervalNs());
    }

    private void keepAlive(final OwnedElement owned, final long nowNs) {
        owned.keepAliveOut = true;
        owned.keepAliveNs = nowNs + config.keepAliveTimeoutNs();
        nextNs = Math.min(nextNs, owned.keepAliveNs);
        counters.increment(RegistrarCounter.KEEP_ALIVES_SENT);
        answers.keepAlive(owned.association, owned.pool.handle, owned.identifier(), nowNs);
    }

    long nextDeadlineNs() {
        return nextNs;
    }

    void onDeadline(final long nowNs) {
        if (nextNs > nowNs) {
            return;
        }
        nextNs = Machine.NO_DEADLINE;
        for (final OwnedElement owned : all()) {
            if (owned.expiresNs <= nowNs) {
                counters.increment(RegistrarCounter.REMOVED_EXPIRED);
                answers.deregistration(owned.association, owned.pool.handle, owned.identifier(), nowNs);
                remove(owned);
            } else if (owned.keepAliveNs <= nowNs && owned.keepAliveOut) {
                counters.increment(RegistrarCounter.REMOVED_SILENT);
                remove(owned);
            } else {
                if (owned.keepAliveNs <= nowNs) {
                    keepAlive(owned, nowNs);
                }
                nextNs = Math.min(nextNs, Math.min(owned.expiresNs, owned.keepAliveNs));
            }
        }
    }

    private List<OwnedElement> all() {
        final List<OwnedElement> all = new ArrayList<>(elements);
        for (final Pool pool : pools.values()) {
            all.addAll(pool.elements.values());
        }
        return all;
    }

    /** We were away: answers may wait unread, so everybody gets the time again. */
    void onClockJump(final long nowNs) {
        for (final OwnedElement owned : all()) {
            owned.keepAliveNs = Math.max(owned.keepAliveNs, nowNs + config.keepAliveTimeoutNs());
            nextNs = Math.min(nextNs, owned.keepAliveNs);
        }
    }

    void onAssociationDown(final int association) {
        if (!config.removeOnAssociationLoss()) {
            return;
        }
        for (final OwnedElement owned : all()) {
            if (owned.association == association) {
                counters.increment(RegistrarCounter.REMOVED_LOST);
                remove(owned);
            }
        }
    }

    private void remove(final OwnedElement owned) {
        if (owned.pool.elements.remove(owned.identifier(), owned)) {
            elements--;
            if (owned.pool.elements.isEmpty()) {
                pools.remove(owned.pool.handle);
            }
        }
    }
}
