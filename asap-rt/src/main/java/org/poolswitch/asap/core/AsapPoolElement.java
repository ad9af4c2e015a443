// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/** The pool element: its memberships, and the associations that users hold with it. */
public final class AsapPoolElement implements PoolElement, Machine {
    /** Load is told again when it moved by a hundredth of the scale: finer steps choose no other element. */
    private static final long LOAD_STEP = 0xffffffffL / 100;

    final AsapConfig config;
    final SctpEndpoint endpoint;
    final RandomGenerator random;
    final Counters counters;
    final RegistrarLink registrar;
    final ControlWriter control;
    final ElementListener listener;
    private final AsapPoolUser pools;
    private final int identifier;
    private final List<Registration> registrations = new ArrayList<>();
    private final LongMap<UserAssociation> byAssociation = new LongMap<>();
    private final List<UserAssociation> users = new ArrayList<>();
    private long load;
    private long toldLoad;

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
        int id = 0;
        while (id == 0) {
            // random and never 0 (RFC 5352 section 3.1)
            id = random.nextInt();
        }
        identifier = id;
    }

    @Override
    public int identifier() {
        return identifier;
    }

    @Override
    public void register(final byte[] poolHandle, final int policyType, final long nowNs) {
        if (poolHandle.length < 1 || poolHandle.length > PoolHandle.LONGEST) {
            throw new IllegalArgumentException("a pool handle has 1 to 32 octets: " + poolHandle.length);
        }
        for (final Registration r : registrations) {
            if (r.is(poolHandle) && !r.leaving()) {
                return;
            }
        }
        registrations.removeIf(r -> r.is(poolHandle));
        final Registration r = new Registration(this, poolHandle.clone(), policyType);
        registrations.add(r);
        if (config.choices().businessCard()) {
            pools.pools().watch(poolHandle, nowNs);
        }
        if (registrar.connected()) {
            r.onRegistrarUp(nowNs);
        }
    }

    @Override
    public void updateLoad(final long newLoad, final long nowNs) {
        if (newLoad < 0 || newLoad > 0xffffffffL) {
            throw new IllegalArgumentException("load is 0 to 0xffffffff: " + newLoad);
        }
        load = newLoad;
        if (Math.abs(load - toldLoad) >= LOAD_STEP) {
            for (int i = 0; i < registrations.size(); i++) {
                if (registrations.get(i).tellsLoad()) {
                    registrations.get(i).tell(nowNs);
                }
            }
        }
    }

    byte[] registrationMessage(final Registration r) {
        toldLoad = load;
        final SctpAddress local = config.localAddress() == null ? endpoint.localAddress() : config.localAddress();
        return control.registration(r.handle, identifier, config.timers().registrationLifeNs(), local, r.policyType,
            load);
    }

    @Override
    public void deregister(final long nowNs) {
        for (int i = 0; i < registrations.size(); i++) {
            registrations.get(i).deregister(nowNs);
        }
    }

    @Override
    public boolean isDeregistered() {
        for (int i = 0; i < registrations.size(); i++) {
            if (!registrations.get(i).left()) {
                return false;
            }
        }
        return true;
    }

    /** Pools whose registrar has accepted us. */
    public int registrationsHeld() {
        int held = 0;
        for (int i = 0; i < registrations.size(); i++) {
            held += registrations.get(i).held() ? 1 : 0;
        }
        return held;
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
        if (length < 1 || length > config.bounds().cookieOctets()) {
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
        if (config.choices().businessCard()) {
            sendCards(association, nowNs);
        }
        listener.onUserUp(association, nowNs);
        return true;
    }

    /** Each user is told another order, so that our load would spread (RFC 5352 section 5.5.3). */
    private void sendCards(final int association, final long nowNs) {
        for (int i = 0; i < registrations.size(); i++) {
            final byte[] handle = registrations.get(i).handle;
            final List<PoolElementParameter> successors = pools.pools().othersThan(handle, identifier);
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
        for (int i = 0; i < registrations.size(); i++) {
            registrations.get(i).onRegistrarUp(nowNs);
        }
    }

    public void onRegistrarDown(final long nowNs) {
        for (int i = 0; i < registrations.size(); i++) {
            registrations.get(i).onRegistrarDown(nowNs);
        }
    }

    public void onRegistered(final byte[] handle, final int id, final boolean rejected, final long nowNs) {
        final Registration r = id == identifier ? find(handle) : null;
        if (r == null) {
            counters.increment(AsapCounter.UNEXPECTED);
        } else {
            r.onRegistered(rejected, nowNs);
        }
    }

    public void onDeregistered(final byte[] handle, final int id, final long nowNs) {
        final Registration r = id == identifier ? find(handle) : null;
        if (r == null) {
            counters.increment(AsapCounter.UNEXPECTED);
        } else if (r.leaving()) {
            r.onDeregistered();
        } else {
            // the registrar let our life end (RFC 5352 section 3.2): we are still here
            r.ask(nowNs);
        }
    }

    /** @return whether a keep-alive for this pool is to be answered (RFC 5352 section 3.4: if the handle is ours) */
    public boolean answersKeepAlive(final byte[] handle) {
        final Registration r = find(handle);
        return r != null && !r.leaving();
    }

    private Registration find(final byte[] handle) {
        for (int i = 0; i < registrations.size(); i++) {
            if (registrations.get(i).is(handle)) {
                return registrations.get(i);
            }
        }
        return null;
    }

    // ---- time

    /** We were paused: every user may have turned away, and the registrar may have struck us off. */
    public void onClockJump(final long nowNs) {
        for (int i = 0; i < users.size(); i++) {
            users.get(i).fence(nowNs);
        }
        for (int i = 0; i < registrations.size(); i++) {
            registrations.get(i).tell(nowNs);
        }
    }

    @Override
    public long nextDeadlineNs() {
        long next = NO_DEADLINE;
        for (int i = 0; i < registrations.size(); i++) {
            next = Math.min(next, registrations.get(i).nextDeadlineNs());
        }
        for (int i = 0; i < users.size(); i++) {
            next = Math.min(next, users.get(i).nextDeadlineNs());
        }
        return next;
    }

    @Override
    public void onDeadline(final long nowNs) {
        for (int i = 0; i < registrations.size(); i++) {
            registrations.get(i).onDeadline(nowNs);
        }
        for (int i = 0; i < users.size(); i++) {
            users.get(i).onDeadline(nowNs);
        }
    }
}
