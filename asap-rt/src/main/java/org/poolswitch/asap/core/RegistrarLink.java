// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SendStatus;

/**
 * The association with the home registrar, and the hunt for one (RFC 5352 section 3.6): the configured registrars are
 * tried in turn, each for T5-Serverhunt; after a round in vain the hunt pauses, longer each time up to RETRAN-MAX, and
 * never gives up. Requests and their timers belong to those who ask; they come back here with {@link #giveUp}.
 */
public final class RegistrarLink implements Machine {
    /** What the users of the link hear. */
    public interface Listener {
        /** A registrar is there: ask again, register again. */
        void onRegistrarUp(long nowNs);

        /** It is gone: what was asked will not be answered. */
        void onRegistrarDown(long nowNs);
    }

    private enum State { STOPPED, CONNECTING, CONNECTED, PAUSED }

    /** ASAP over SCTP (RFC 5352 section 7.2). */
    public static final int PPID = 11;

    private final AsapConfig config;
    private final SctpEndpoint endpoint;
    private final Listener listener;
    private final Counters counters;
    private final Backoff backoff;
    private State state = State.STOPPED;
    private int association;
    private int index;
    private int triedInVain;
    private long deadlineNs = NO_DEADLINE;

    public RegistrarLink(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final Counters counters, final Listener listener) {
        this.config = config;
        this.endpoint = endpoint;
        this.counters = counters;
        this.listener = listener;
        backoff = new Backoff(config.timers().huntBackoffNs(), config.timers().retranMaxNs(), random);
    }

    /** Begins the hunt. */
    public void start(final long nowNs) {
        if (state == State.STOPPED && !config.registrars().isEmpty()) {
            tryCurrent(nowNs);
        }
    }

    public boolean connected() {
        return state == State.CONNECTED;
    }

    /** True if no registrar is configured, so that none will ever come. */
    public boolean hopeless() {
        return config.registrars().isEmpty();
    }

    public boolean owns(final int candidate) {
        return association != 0 && candidate == association;
    }

    /** Whether a peer is one of the configured registrars: then its association is no user's. */
    public boolean isRegistrar(final SctpAddress remote) {
        final List<SctpAddress> registrars = config.registrars();
        for (int i = 0; i < registrars.size(); i++) {
            final SctpAddress r = registrars.get(i);
            if (r.port() == remote.port() && remote.hosts().stream().anyMatch(r.hosts()::contains)) {
                return true;
            }
        }
        return false;
    }

    /** Sends a control message. @return false if it did not go; the asker's timer repeats it */
    public boolean send(final byte[] message, final long nowNs) {
        return connected() && endpoint.send(association, 0, PPID, false, message, 0, message.length, nowNs)
            == SendStatus.ACCEPTED;
    }

    /** A request is late: is anybody there? */
    public void probe(final long nowNs) {
        if (connected()) {
            endpoint.probe(association, nowNs);
        }
    }

    /** The registrar does not answer its requests: leave it and hunt for another (RFC 5352 section 3.6). */
    public void giveUp(final long nowNs) {
        if (connected()) {
            final int lost = association;
            association = 0;
            endpoint.abort(lost, nowNs);
            lost(nowNs);
        }
    }

    /** Another registrar took us over (ENDPOINT_KEEP_ALIVE with the H bit): its association becomes the link. */
    public void adopt(final int other, final long nowNs) {
        if (owns(other)) {
            return;
        }
        final int former = association;
        final boolean wasConnected = connected();
        association = other;
        state = State.CONNECTED;
        deadlineNs = NO_DEADLINE;
        if (former != 0) {
            endpoint.shutdown(former, nowNs);
        }
        if (!wasConnected) {
            listener.onRegistrarUp(nowNs);
        }
    }

    public void onUp(final long nowNs) {
        state = State.CONNECTED;
        deadlineNs = NO_DEADLINE;
        triedInVain = 0;
        backoff.reset();
        listener.onRegistrarUp(nowNs);
    }

    public void onDown(final long nowNs) {
        association = 0;
        if (state == State.CONNECTED) {
            lost(nowNs);
        } else if (state == State.CONNECTING) {
            failed(nowNs);
        }
    }

    @Override
    public long nextDeadlineNs() {
        return deadlineNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        if (nowNs < deadlineNs) {
            return;
        }
        deadlineNs = NO_DEADLINE;
        if (state == State.CONNECTING) {
            final int late = association;
            association = 0;
            endpoint.abort(late, nowNs);
            failed(nowNs);
        } else if (state == State.PAUSED) {
            tryCurrent(nowNs);
        }
    }

    private void lost(final long nowNs) {
        counters.increment(AsapCounter.REGISTRAR_LOSSES);
        state = State.PAUSED;
        listener.onRegistrarDown(nowNs);
        index = (index + 1) % config.registrars().size();
        triedInVain = 0;
        tryCurrent(nowNs);
    }

    private void failed(final long nowNs) {
        triedInVain++;
        index = (index + 1) % config.registrars().size();
        if (triedInVain < config.registrars().size()) {
            tryCurrent(nowNs);
        } else {
            triedInVain = 0;
            pause(nowNs);
        }
    }

    private void tryCurrent(final long nowNs) {
        counters.increment(AsapCounter.HUNTS);
        final int opened = endpoint.connect(config.registrars().get(index), nowNs);
        if (opened <= 0) {
            pause(nowNs);
            return;
        }
        association = opened;
        state = State.CONNECTING;
        deadlineNs = nowNs + config.timers().t5ServerHuntNs();
    }

    private void pause(final long nowNs) {
        state = State.PAUSED;
        deadlineNs = nowNs + backoff.pauseNs();
    }
}
