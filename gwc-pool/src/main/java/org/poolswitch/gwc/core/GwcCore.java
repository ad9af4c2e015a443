// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.CookieSeal;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.ElementMachine;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.asap.PoolUser;
import org.poolswitch.call.CallMachine;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.m3ua.M3uaException;
import org.poolswitch.megaco.Mid;
import org.poolswitch.observe.Counters;
import org.poolswitch.ras.TransportAddress;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;

/**
 * The gateway controller as a pool element: reads what signaling gateways send, and holds back what must wait until it
 * is clear that this controller still speaks for their calls. See docs/failover.md for the rules that {@link Call}
 * keeps.
 */
public final class GwcCore implements ElementMachine, ElementListener {
    /** The pool that controllers join. */
    public static final byte[] POOL = "gwc".getBytes(StandardCharsets.US_ASCII);
    /** 100 percent (RFC 5356 section 4). */
    private static final long FULL_LOAD = 0xffffffffL;

    private final GwcConfig config;
    private final GwcObserver observer;
    private final PoolElement element;
    private final Counters counters = new Counters(GwcCounter.class);
    private final Fence fence;
    private final CookieSeal seal;
    private final Outlet outlet;
    private final CallServices services;
    private final CallTable calls;
    private final SignalingInput input;

    /**
     * @param elements makes our pool element, given this as its listener
     * @param own      our address, which no other controller has: our name towards media gateways
     * @param random   where numbers begin
     */
    public GwcCore(final GwcConfig config, final CallMachine machine, final PoolUser user,
        final Function<ElementListener, PoolElement> elements, final SctpAddress own, final RandomGenerator random,
        final GwcObserver observer) {
        this.config = config;
        this.observer = observer;
        element = elements.apply(this);
        fence = new Fence(element, config.maxDeferred(), counters);
        seal = new CookieSeal(config.cookieKey());
        outlet = new Outlet(element, seal, counters);
        services = new CallServices(config, machine, user, outlet, fence,
            new DialogueTools(Mid.of(own.host(), own.port()), element.identifier(), config.trunkGroup(), random),
            counters, observer);
        calls = services.calls();
        input = new SignalingInput(services, outlet, observer);
        user.observe(new Asides(new MediaGateways(services), new Gatekeepers(services,
            TransportAddress.of(own.host(), own.port())), services));
    }

    /** Joins the pool. */
    @Override
    public void start(final long now) {
        element.register(POOL, config.policyType(), now);
    }

    /** Leaves the pool; calls go on to their end. */
    @Override
    public void beginDrain(final long now) {
        element.deregister(now);
    }

    /** True if the pool knows us no more and no call is left. */
    @Override
    public boolean isDrained() {
        return calls() == 0 && element.isDeregistered();
    }

    // ---- gauges ---------------------------------------------------------------------------------------------------

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: calls in whatever state. */
    public int calls() {
        return calls.size();
    }

    /** Tells the pool how full we are, for its Least Used policies: a few times a second is often enough. */
    public void reportLoad(final long nowNs) {
        element.updateLoad(Math.min(FULL_LOAD, FULL_LOAD * calls() / config.maxCalls()), nowNs);
    }

    /** Gauge: calls whose caller and called party talk. */
    public long answered() {
        return calls.count(EnumSet.of(Stage.ANSWERED));
    }

    /** Gauge: calls that are being set up. */
    public long inSetup() {
        return calls.count(EnumSet.of(Stage.SETUP, Stage.ALERTING));
    }

    /** The calls in words, for an operator who wonders why a drain takes long. */
    public List<String> describeCalls() {
        return calls.describe();
    }

    /** Our PE identifier. */
    public int identifier() {
        return element.identifier();
    }

    // ---- from signaling gateways ----------------------------------------------------------------------------------

    @Override
    public void onUserUp(final int association, final long now) {
        services.at(now);
    }

    @Override
    public void onUserMessage(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long now) {
        services.at(now);
        if (ppid != M3ua.PPID) {
            services.count(GwcCounter.UNEXPECTED);
            return;
        }
        try {
            final M3uaData data = M3uaData.decode(buffer, offset, length);
            final IsupMessage message = IsupMessage.decode(data.userData(), 0, data.userData().length);
            if (data.si() != M3ua.SI_ISUP) {
                services.count(GwcCounter.UNEXPECTED);
                return;
            }
            final Origin origin = new Origin(CircuitId.of(data, message.cic()), association, stream);
            fence.pass(association, null, () -> input.onMessage(origin, message, data.userData()));
        } catch (final M3uaException e) {
            services.count(GwcCounter.MALFORMED);
            outlet.error(e, association, stream, buffer, offset, length, now);
        } catch (final MalformedException e) {
            services.count(GwcCounter.MALFORMED);
        }
    }

    @Override
    public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long now) {
        services.at(now);
        final CallCookie cookie = CallCookie.open(seal, buffer, offset, length);
        if (cookie == null) {
            services.count(GwcCounter.BAD_COOKIES);
            observer.onBadCookie(now);
        } else {
            fence.pass(association, null, () -> input.onCookie(association, stream, cookie));
        }
    }

    @Override
    public void onUserDown(final int association, final long now) {
        services.at(now);
        calls.of(association).forEach(Call::orphan);
        fence.onUserDown(association);
    }

    @Override
    public void onUserUnfenced(final int association, final long now) {
        services.at(now);
        fence.onUserUnfenced(association);
    }

    // ---- time -----------------------------------------------------------------------------------------------------

    @Override
    public long nextDeadlineNs() {
        return services.nextDeadlineNs();
    }

    @Override
    public void onDeadline(final long now) {
        services.at(now);
        services.onDeadline();
    }
}
