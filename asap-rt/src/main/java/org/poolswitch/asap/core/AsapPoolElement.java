// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapObserver;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/** The pool element: its memberships, and the associations that users hold with it. */
public final class AsapPoolElement implements PoolElement, Machine {
    final AsapConfig config;
    final SctpEndpoint endpoint;
    final RandomGenerator random;
    final Counters counters;
    final RegistrarLink registrar;
    final ControlWriter control;
    final ElementListener listener;
    private final AsapPoolUser pools;
    private final Registrations registrations;
    private final LongMap<UserAssociation> byAssociation = new LongMap<>();
    private final List<UserAssociation> users = new ArrayList<>();
    /** Those that have not proved since our last pause that they still want us: most of the time none. */
    private final List<UserAssociation> fenced = new ArrayList<>();

    public AsapPoolElement(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final Counters counters, final RegistrarLink registrar, final ControlWriter control, final AsapPoolUser pools,
        final ElementListener listener) {
        this.config = config;
        this.endpoint = endpoint;
        this.random = random;
        this.counters = counters;
        this.registrar = registrar;
        this.control = control;
        this.pools = pools;
        this.listener = listener;
        registrations = new Registrations(config, endpoint, random, counters, registrar, control);
    }

    @Override
    public int identifier() {
        return registrations.identifier();
    }

    @Override
    public void register(final byte[] poolHandle, final int policyType, final long nowNs) {
        register(poolHandle, registrations.policy(policyType), null, nowNs);
    }

    @Override
    public boolean register(final byte[] poolHandle, final PolicyParameter policy, final TransportParameter transport,
        final long nowNs) {
        final boolean accepted = registrations.register(poolHandle, policy, transport, nowNs);
        if (accepted && config.choices().businessCard()) {
            pools.pools().watch(poolHandle, nowNs);
        }
        return accepted;
    }

    @Override
    public boolean updatePolicy(final byte[] poolHandle, final PolicyParameter policy, final long nowNs) {
        return registrations.updatePolicy(poolHandle, policy, nowNs);
    }

    @Override
    public void updateLoad(final long load, final long nowNs) {
        if (load < 0 || load > 0xffffffffL) {
            throw new IllegalArgumentException("load is 0 to 0xffffffff: " + load);
        }
        registrations.load(load, nowNs);
    }

    @Override
    public void deregister(final long nowNs) {
        registrations.deregister(nowNs);
    }

    @Override
    public void deregister(final byte[] poolHandle, final long nowNs) {
        final Registration r = registrations.find(poolHandle);
        if (r != null) {
            r.deregister(nowNs);
        }
    }

    @Override
    public boolean isDeregistered() {
        return registrations.allLeft();
    }

    /** What the registrar and the pools have to do with us. */
    Registrations registrations() {
        return registrations;
    }

    /** Pools whose registrar has accepted us. */
    public int registrationsHeld() {
        return registrations.held();
    }

    /** Who hears how the registrar takes us. */
    public void observer(final AsapObserver observer) {
        registrations.observer(observer);
    }

    public int users() {
        return users.size();
    }

    @Override
    public SendStatus sendToUser(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        final UserAssociation user = byAssociation.get(association);
        if (ppid == RegistrarLink.PPID) {
            return SendStatus.INVALID;
        }
        return user == null ? SendStatus.CLOSED : user.send(stream, ppid, buffer, offset, length, nowNs);
    }

    @Override
    public SendStatus sendCookie(final int association, final int stream, final byte[] cookie, final int offset,
        final int length, final long nowNs) {
        final UserAssociation user = byAssociation.get(association);
        if (user == null) {
            return SendStatus.CLOSED;
        }
        if (length < 1 || length > config.bounds().cookieOctets() || !registrations.hasControlChannel()) {
            return SendStatus.INVALID;
        }
        final int octets = control.cookie(cookie, offset, length);
        return user.send(stream, RegistrarLink.PPID, control.scratch(), 0, octets, nowNs);
    }

    @Override
    public void abortUser(final int association, final long nowNs) {
        if (byAssociation.get(association) != null) {
            endpoint.abort(association, nowNs);
        }
    }

    @Override
    public boolean isFenced(final int association) {
        final UserAssociation user = byAssociation.get(association);
        return user != null && user.fenced();
    }

    // ---- users

    public boolean owns(final int association) {
        return byAssociation.get(association) != null;
    }

    /** @return false if no more users are taken */
    public boolean onUserUp(final int association, final SctpAddress remote, final long nowNs) {
        if (users.size() >= config.bounds().users()) {
            counters.increment(AsapCounter.REFUSED);
            return false;
        }
        final UserAssociation user = new UserAssociation(this, association, remote);
        byAssociation.put(association, user);
        users.add(user);
        // one answered probe from the beginning: then the fence knows that this transport tells of them
        endpoint.probe(association, nowNs);
        if (config.choices().businessCard() && registrations.hasControlChannel()) {
            sendCards(association, nowNs);
        }
        listener.onUserUp(association, nowNs);
        return true;
    }

    /** Each user is told another order, so that our load would spread (RFC 5352 section 5.5.3). */
    private void sendCards(final int association, final long nowNs) {
        for (int i = 0; i < registrations.all().size(); i++) {
            final Registration r = registrations.all().get(i);
            final byte[] handle = r.handle;
            final List<PoolElementParameter> successors = pools.pools().othersThan(handle, r.identifier());
            if (!successors.isEmpty()) {
                Collections.rotate(successors, association);
                final byte[] card = control.businessCard(handle, successors);
                endpoint.send(association, 0, RegistrarLink.PPID, false, card, 0, card.length, nowNs);
            }
        }
    }

    /** Anything was delivered from the user. */
    public void onHeard(final int association, final long nowNs) {
        byAssociation.get(association).onHeard(nowNs);
    }

    public void onData(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        listener.onUserMessage(association, stream, ppid, buffer, offset, length, nowNs);
    }

    public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        counters.increment(AsapCounter.COOKIE_ECHOES);
        listener.onCookieEcho(association, stream, buffer, offset, length, nowNs);
    }

    public void onSendable(final int association, final long nowNs) {
        byAssociation.get(association).release(nowNs);
    }

    public void onUserDown(final int association, final long nowNs) {
        final UserAssociation user = byAssociation.remove(association);
        users.remove(user);
        fenced.remove(user);
        user.onDown();
        listener.onUserDown(association, nowNs);
    }

    /** Where the user at the far end is, or null if that is no user. */
    SctpAddress remote(final int association) {
        final UserAssociation user = byAssociation.get(association);
        return user == null ? null : user.remote;
    }

    /** Who called us turned out to be our new home registrar. */
    void onUserIsRegistrar(final int association, final long nowNs) {
        if (owns(association)) {
            onUserDown(association, nowNs);
        }
    }

    // ---- the registrar

    public void onRegistrarUp(final long nowNs) {
        registrations.onRegistrarUp(nowNs);
    }

    public void onRegistrarDown(final long nowNs) {
        registrations.onRegistrarDown(nowNs);
    }

    // ---- time

    /** We were paused: every user may have turned away, and the registrar may have struck us off. */
    public void onClockJump(final long nowNs) {
        for (int i = 0; i < users.size(); i++) {
            users.get(i).fence(nowNs);
        }
        fenced.clear();
        fenced.addAll(users);
        registrations.onClockJump(nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        long next = registrations.nextDeadlineNs();
        for (int i = 0; i < fenced.size(); i++) {
            next = Math.min(next, fenced.get(i).nextDeadlineNs());
        }
        return next;
    }

    @Override
    public void onDeadline(final long nowNs) {
        registrations.onDeadline(nowNs);
        for (int i = 0; i < fenced.size(); i++) {
            fenced.get(i).onDeadline(nowNs);
        }
        if (!fenced.isEmpty()) {
            fenced.removeIf(user -> !user.fenced());
        }
    }
}
