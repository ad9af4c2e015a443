// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.core.AsapPoolElement;
import org.poolswitch.asap.core.AsapPoolUser;
import org.poolswitch.asap.core.ControlReader;
import org.poolswitch.asap.core.ControlWriter;
import org.poolswitch.asap.core.RegistrarLink;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.AnnouncementPort;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * A node's ASAP stack: the hub that owns the registrar link, the pool user and the pool element on one SCTP endpoint,
 * and hands each event to the one it concerns. Owned by the endpoint's thread. It does not drive the endpoint.
 *
 * <p>Listeners are called only from inside its inputs ({@code onX}), never from inside a command, except that
 * {@link #start} counts as an input. They may give any command.
 */
public final class AsapStack implements Machine, SctpListener {
    private final Counters counters = new Counters(AsapCounter.class);
    private final AsapConfig config;
    private final SctpEndpoint endpoint;
    private final RandomGenerator random;
    private final ControlWriter writer;
    private final ControlReader reader;
    private final RegistrarLink registrar;
    private final AsapPoolUser user;
    private final List<AnnouncementPort> announcements;
    private AsapPoolElement element;
    private AsapObserver observer = AsapObserver.NONE;

    /**
     * @param endpoint the node's endpoint; whoever drives it delivers its events here
     * @param random   secure in production, seeded in simulation
     */
    public AsapStack(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random) {
        if (config == null || endpoint == null || random == null) {
            throw new IllegalArgumentException("configuration, endpoint and random generator are all needed");
        }
        this.config = config;
        this.endpoint = endpoint;
        this.random = random;
        writer = new ControlWriter(endpoint, config);
        registrar = new RegistrarLink(config, endpoint, random, counters, new RegistrarLink.Listener() {
            @Override
            public void onRegistrarUp(final long nowNs) {
                if (element != null) {
                    element.onRegistrarUp(nowNs);
                }
                user.pools().onRegistrarUp(nowNs);
            }

            @Override
            public void onRegistrarDown(final long nowNs) {
                if (element != null) {
                    element.onRegistrarDown(nowNs);
                }
                user.pools().onRegistrarDown();
            }

            @Override
            public void onStandbyUp(final long nowNs) {
                user.pools().onStandbyUp(nowNs);
            }

            @Override
            public void onClaimBelieved(final int association, final int serverId, final long nowNs) {
                reader.registrars().onAdopted(association, serverId, nowNs);
            }
        });
        user = new AsapPoolUser(config, endpoint, random, counters, registrar, writer);
        reader = new ControlReader(config, endpoint, counters, registrar, user, writer);
        announcements = config.announceGroup() == null ? List.of()
            : List.of(new AnnouncementPort(config.announceGroup(), AnnouncementPort.LISTENS, this::onAnnouncement));
    }

    private void onAnnouncement(final byte[] buffer, final int offset, final int length,
        final InetSocketAddress source, final long nowNs) {
        reader.registrars().onAnnouncement(buffer, offset, length, source, nowNs);
        user.deliver(nowNs);
    }

    /** The group in which registrars announce themselves, for {@link NodeMachine#announcementPorts}; or none. */
    public List<AnnouncementPort> announcementPorts() {
        return announcements;
    }

    /** The endpoint is bound: begins to hunt for a registrar. Called once, before any other input. */
    public void start(final long nowNs) {
        registrar.start(nowNs);
    }

    /** The pool user side. */
    public PoolUser user() {
        return user;
    }

    /** Who hears of registrars, registrations and errors; the last one given counts. */
    public void observe(final AsapObserver newObserver) {
        observer = newObserver;
        reader.observer(newObserver);
        user.observer(newObserver);
        if (element != null) {
            element.observer(newObserver);
        }
    }

    /** Makes the pool element side; called at most once, before {@link #start}. */
    public PoolElement element(final ElementListener listener) {
        if (element != null) {
            throw new IllegalStateException("a stack has one pool element");
        }
        element = new AsapPoolElement(config, endpoint, random, counters, registrar, writer, user, listener);
        reader.element(element);
        element.observer(observer);
        return element;
    }

    /** The driver's loop did not run for {@code pausedNs}; harmless below {@code fenceThreshold}. */
    public void onClockJump(final long pausedNs, final long nowNs) {
        if (pausedNs < config.suspicion().fenceThresholdNs()) {
            return;
        }
        counters.increment(AsapCounter.CLOCK_JUMPS);
        user.onClockJump(nowNs);
        registrar.onClockJump(nowNs);
        if (element != null) {
            element.onClockJump(nowNs);
        }
    }

    /** What happened so far; see {@link AsapCounter}. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: open sessions of the pool user. */
    public int sessions() {
        return user.sessions();
    }

    /** Gauge: associations with elements that are up. */
    public int elementAssociations() {
        return user.associationsUp();
    }

    /** Gauge: associations that users hold with our element. */
    public int userAssociations() {
        return element == null ? 0 : element.users();
    }

    /** Gauge: pools that our element is registered in. */
    public int registrations() {
        return element == null ? 0 : element.registrationsHeld();
    }

    /** Gauge: whether a registrar is connected. */
    public boolean registrarConnected() {
        return registrar.connected();
    }

    /** Gauge: registrars known, configured and announced. */
    public int registrarsKnown() {
        return registrar.known();
    }

    /** Where the home registrar is, or null. */
    public SctpAddress homeRegistrar() {
        return registrar.homeAddress();
    }

    @Override
    public long nextDeadlineNs() {
        final long next = Math.min(registrar.nextDeadlineNs(), user.nextDeadlineNs());
        return element == null ? next : Math.min(next, element.nextDeadlineNs());
    }

    @Override
    public void onDeadline(final long nowNs) {
        registrar.onDeadline(nowNs);
        user.onDeadline(nowNs);
        if (element != null) {
            element.onDeadline(nowNs);
        }
        user.deliver(nowNs);
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        if (registrar.owns(association)) {
            registrar.onUp(association, nowNs);
        } else if (user.owns(association)) {
            // a session speaks on the same stream in both directions
            user.onAssociationUp(association, Math.min(outStreams, inStreams), nowNs);
        } else if (incoming && registrar.isRegistrar(remote)) {
            reader.registrars().onCall(association, remote);
        } else if (!incoming || element == null || !element.onUserUp(association, remote, nowNs)) {
            // nobody here serves it: either we have no element, or it is full, or we have given this one up already
            endpoint.abort(association, nowNs);
        }
        user.deliver(nowNs);
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        final boolean control = ppid == RegistrarLink.PPID;
        if (user.owns(association)) {
            if (user.heard(association, nowNs)) {
                if (control) {
                    reader.fromElement(association, stream, buffer, offset, length, nowNs);
                } else {
                    user.onData(association, stream, ppid, buffer, offset, length, nowNs);
                }
            }
        } else if (element != null && element.owns(association)) {
            element.onHeard(association, nowNs);
            if (control) {
                reader.fromUser(association, stream, buffer, offset, length, nowNs);
            } else {
                element.onData(association, stream, ppid, buffer, offset, length, nowNs);
            }
        } else if (control && (registrar.owns(association) || reader.registrars().isCaller(association))) {
            reader.registrars().onMessage(association, buffer, offset, length, nowNs);
        } else {
            counters.increment(AsapCounter.UNEXPECTED);
        }
        user.deliver(nowNs);
    }

    @Override
    public void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
        if (user.owns(association)) {
            user.onSuspect(association, suspect, nowNs);
        } else {
            registrar.onSuspect(association, suspect, nowNs);
        }
        user.deliver(nowNs);
    }

    @Override
    public void onMessageAbandoned(final int association, final UndeliveredMessage message, final long nowNs) {
        if (user.owns(association)) {
            user.onAbandoned(association, message.stream(), nowNs);
        }
        user.deliver(nowNs);
    }

    @Override
    public void onSendable(final int association, final long nowNs) {
        if (user.owns(association)) {
            user.onSendable(association, nowNs);
        } else if (element != null && element.owns(association)) {
            element.onSendable(association, nowNs);
        }
        user.deliver(nowNs);
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        if (registrar.owns(association)) {
            registrar.onDown(association, nowNs);
        } else if (user.owns(association)) {
            user.onAssociationDown(association, cause, undelivered, nowNs);
        } else if (element != null && element.owns(association)) {
            element.onUserDown(association, nowNs);
        }
        reader.onAssociationDown(association);
        user.deliver(nowNs);
    }
}
