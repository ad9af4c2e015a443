// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapObserver;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;

/** The pools that our element is in, each with its own policy and transport (RFC 5352 sections 3.1 and 3.2). */
final class Registrations implements Machine {
    final AsapConfig config;
    final RandomGenerator random;
    final Counters counters;
    final RegistrarLink registrar;
    final ControlWriter control;
    private final SctpEndpoint endpoint;
    private final List<Registration> all = new ArrayList<>();
    private final int identifier;
    private AsapObserver observer = AsapObserver.NONE;

    Registrations(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final Counters counters, final RegistrarLink registrar, final ControlWriter control) {
        this.config = config;
        this.endpoint = endpoint;
        this.random = random;
        this.counters = counters;
        this.registrar = registrar;
        this.control = control;
        identifier = newIdentifier();
    }

    int identifier() {
        return identifier;
    }

    /** Random and never 0 (RFC 5352 section 3.1). */
    int newIdentifier() {
        int id = 0;
        while (id == 0) {
            id = random.nextInt();
        }
        return id;
    }

    AsapObserver observer() {
        return observer;
    }

    void observer(final AsapObserver newObserver) {
        observer = newObserver;
    }

    List<Registration> all() {
        return all;
    }

    /**
     * Where users reach our endpoint, with data and control channel: at all its addresses, but not at one that our host
     * has lost. The registrar refuses what its association does not have (RFC 5352 section 3.1).
     */
    TransportParameter ownTransport() {
        final SctpAddress local = config.localAddress() == null ? endpoint.localAddress() : config.localAddress();
        final Set<InetAddress> gone = new HashSet<>(endpoint.localAddress().hosts());
        endpoint.localHosts(registrar.homeAssociation()).forEach(gone::remove);
        return TransportParameter.sctp(local.port(), TransportParameter.DATA_PLUS_CONTROL,
            local.hosts().stream().filter(host -> !gone.contains(host)).toList());
    }

    /** The operator's policy, or one of this type with the values of an element like any other. */
    PolicyParameter policy(final int type) {
        if (config.policy() != null) {
            return config.policy();
        }
        final int[] values = new int[PolicyType.fields(type)];
        if (type == PolicyType.WEIGHTED_ROUND_ROBIN || type == PolicyType.WEIGHTED_RANDOM
            || type == PolicyType.PRIORITY || type == PolicyType.WEIGHTED_RANDOM_DPF) {
            values[0] = 1;
        }
        return PolicyParameter.of(type, values);
    }

    /** @return false if there are too many */
    boolean register(final byte[] handle, final PolicyParameter policy, final TransportParameter transport,
        final long nowNs) {
        if (handle.length < 1 || handle.length > PoolHandle.LONGEST) {
            throw new IllegalArgumentException("a pool handle has 1 to " + PoolHandle.LONGEST + " octets: "
                + handle.length);
        }
        final byte[] where = transport == null ? new byte[0] : transport.octets();
        if (new PoolElementParameter(0, 0, 0, where, policy.value()).length() > ControlWriter.LONGEST_ELEMENT) {
            throw new IllegalArgumentException("an element's transport and policy have at most "
                + ControlWriter.LONGEST_ELEMENT + " octets");
        }
        final Registration known = find(handle);
        if (known != null && !known.leaving()) {
            known.change(policy, transport, nowNs);
            return true;
        }
        all.removeIf(r -> r.is(handle));
        if (all.size() >= config.bounds().registrations()) {
            counters.increment(AsapCounter.REFUSED);
            return false;
        }
        final Registration r = new Registration(this, handle.clone(), identifier, policy, transport);
        all.add(r);
        if (registrar.connected()) {
            r.onRegistrarUp(nowNs);
        }
        return true;
    }

    boolean updatePolicy(final byte[] handle, final PolicyParameter policy, final long nowNs) {
        final Registration r = find(handle);
        if (r == null || r.leaving()) {
            return false;
        }
        r.policy(policy, nowNs);
        return true;
    }

    void load(final long load, final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).load(load, nowNs);
        }
    }

    void deregister(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).deregister(nowNs);
        }
    }

    boolean allLeft() {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).left()) {
                return false;
            }
        }
        return true;
    }

    /** Pools whose registrar has accepted us. */
    int held() {
        int held = 0;
        for (int i = 0; i < all.size(); i++) {
            held += all.get(i).held() ? 1 : 0;
        }
        return held;
    }

    /** Whether there is a pool whose users may talk ASAP with us; without any pool nobody said otherwise. */
    boolean hasControlChannel() {
        boolean has = all.isEmpty();
        for (int i = 0; i < all.size(); i++) {
            has |= all.get(i).hasControlChannel();
        }
        return has;
    }

    Registration find(final byte[] handle) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).is(handle)) {
                return all.get(i);
            }
        }
        return null;
    }

    private Registration find(final byte[] handle, final int id) {
        final Registration r = find(handle);
        if (r == null || r.identifier() != id) {
            counters.increment(AsapCounter.UNEXPECTED);
            return null;
        }
        return r;
    }

    /** REGISTRATION_RESPONSE without the R bit. @param warning cause it names all the same, or -1 */
    void onAccepted(final byte[] handle, final int id, final int warning, final long nowNs) {
        final Registration r = find(handle, id);
        if (r != null) {
            r.onAccepted(nowNs);
            if (warning >= 0) {
                observer.onRegistrationWarning(handle.clone(), warning, nowNs);
            }
        }
    }

    void onRefused(final byte[] handle, final int id, final int cause, final long nowNs) {
        final Registration r = find(handle, id);
        if (r != null) {
            r.onRefused(cause, nowNs);
        }
    }

    void onDeregistered(final byte[] handle, final int id, final long nowNs) {
        final Registration r = find(handle, id);
        if (r != null && r.leaving()) {
            r.onDeregistered();
        } else if (r != null) {
            // the registrar let our life end (RFC 5352 section 3.2): we are still here
            r.ask(nowNs);
        }
    }

    void onRegistrarUp(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).onRegistrarUp(nowNs);
        }
    }

    void onRegistrarDown(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).onRegistrarDown(nowNs);
        }
    }

    /** We were paused: the registrar may have struck us off. */
    void onClockJump(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).tell(nowNs);
        }
    }

    @Override
    public long nextDeadlineNs() {
        long next = NO_DEADLINE;
        for (int i = 0; i < all.size(); i++) {
            next = Math.min(next, all.get(i).nextDeadlineNs());
        }
        return next;
    }

    @Override
    public void onDeadline(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).onDeadline(nowNs);
        }
    }
}
