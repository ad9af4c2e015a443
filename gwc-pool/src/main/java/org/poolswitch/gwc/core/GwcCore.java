// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.CookieSeal;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.asap.PoolUser;
import org.poolswitch.call.CallMachine;
import org.poolswitch.isup.CauseIndicators;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupMessages;
import org.poolswitch.isup.PartyNumber;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.m3ua.M3uaException;
import org.poolswitch.megaco.Mid;
import org.poolswitch.observe.Counters;
import org.poolswitch.ras.Guid;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;

/**
 * The gateway controller's hub: hands each message of a signaling gateway to the call that it concerns, and carries
 * what calls say. See docs/failover.md for the rules that {@link Call} keeps.
 */
public final class GwcCore implements Machine, ElementListener {
    /** The pool that controllers join. */
    public static final byte[] POOL = "gwc".getBytes(StandardCharsets.US_ASCII);
    private static final int OPTIONAL_CALLING = PartyNumber.CALLING;

    private static final long RENEWAL_NS = 200_000_000L;
    private static final long RENEWAL_GAP_NS = 2_000_000L;
    private static final int RENEWAL_SLOTS = 256;

    private final GwcConfig config;
    private final CallMachine machine;
    private final GwcObserver observer;
    private final PoolUser user;
    private final PoolElement element;
    private final Counters counters = new Counters(GwcCounter.class);
    private final Map<Long, Call> calls = new HashMap<>();
    /** Orphans whose circuit has a newer call already, until they are given back. */
    private final Set<Call> detached = new HashSet<>();
    private final CallTimers timers = new CallTimers();
    private final Fence fence;
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final CallIdentifiers identifiers = new CallIdentifiers();
    private final CookieSeal seal;
    private final Outlet outlet;
    private final DialogueTools tools;
    private long nowNs;
    private int renewal;

    /**
     * @param elements makes our pool element, given this as its listener
     * @param mid      our name towards media gateways: the address that other controllers do not have
     * @param random   where numbers begin
     */
    public GwcCore(final GwcConfig config, final CallMachine machine, final PoolUser user,
        final Function<ElementListener, PoolElement> elements, final Mid mid, final RandomGenerator random,
        final GwcObserver observer) {
        this.config = config;
        this.machine = machine;
        this.observer = observer;
        this.user = user;
        this.element = elements.apply(this);
        this.fence = new Fence(config.maxDeferred());
        this.seal = new CookieSeal(config.cookieKey());
        this.outlet = new Outlet(element, seal, counters);
        this.tools = new DialogueTools(mid, element.identifier(), config.trunkGroup(), random);
    }

    /** Joins the pool. */
    public void start(final long now) {
        element.register(POOL, config.policyType(), now);
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** Gauge: calls in whatever state. */
    public int calls() {
        return calls.size() + detached.size();
    }

    /** Gauge: calls whose caller and called party talk. */
    public long answered() {
        return calls.values().stream().filter(c -> c.stage == Call.Stage.ANSWERED && !c.orphaned).count();
    }

    /** Gauge: calls that are being set up. */
    public long inSetup() {
        return calls.values().stream().filter(c -> (c.stage == Call.Stage.SETUP || c.stage == Call.Stage.ALERTING)
            && !c.orphaned).count();
    }

    /** The calls in words, for an operator who wonders why a drain takes long. */
    public List<String> describeCalls() {
        return calls.values().stream().map(Call::toString).toList();
    }

    /** Our PE identifier. */
    public int identifier() {
        return element.identifier();
    }

    /** Leaves the pool; calls go on to their end. */
    public void beginDrain(final long now) {
        element.deregister(now);
    }

    /** True if the pool knows us no more and no call is left. */
    public boolean isDrained() {
        return calls() == 0 && element.isDeregistered();
    }

    // ---- from signaling gateways ----------------------------------------------------------------------------------

    @Override
    public void onUserUp(final int association, final long now) {
        nowNs = now;
    }

    @Override
    public void onUserMessage(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long now) {
        nowNs = now;
        if (ppid != M3ua.PPID) {
            count(GwcCounter.UNEXPECTED);
            return;
        }
        try {
            final M3uaData data = M3uaData.decode(buffer, offset, length);
            final IsupMessage message = IsupMessage.decode(data.userData(), 0, data.userData().length);
            if (data.si() != M3ua.SI_ISUP) {
                count(GwcCounter.UNEXPECTED);
                return;
            }
            guarded(association, null, () -> onForward(association, stream, data, message));
        } catch (final M3uaException e) {
            count(GwcCounter.MALFORMED);
            outlet.error(e, association, stream, buffer, offset, length, nowNs);
        } catch (final MalformedException e) {
            count(GwcCounter.MALFORMED);
        }
    }

    private void onForward(final int association, final int stream, final M3uaData data, final IsupMessage message) {
        final CircuitId circuit = CircuitId.of(data, message.cic());
        final Call call = calls.get(circuit.key());
        if (call != null && !call.orphaned) {
            if (call.association == association) {
                call.stream = stream;
            } else {
                // the SG has been elsewhere meanwhile: what this controller knows of the circuit is history
                call.orphan();
            }
        }
        try {
            switch (message.type()) {
                case IAM -> onIam(call, circuit, association, stream, data.userData());
                case REL -> onRelease(current(call), circuit, association, stream,
                    CauseIndicators.value(message.variable().get(0)));
                case RLC -> onReleaseComplete(current(call));
                case RSC -> onReset(current(call), circuit, association, stream);
                default -> count(GwcCounter.UNEXPECTED);
            }
        } catch (final MalformedException e) {
            count(GwcCounter.MALFORMED);
        }
    }

    /** Of an orphan nobody speaks any more, except by a cookie or an IAM. */
    private static Call current(final Call call) {
        return call == null || call.orphaned ? null : call;
    }

    private void onIam(final Call call, final CircuitId circuit, final int association, final int stream,
        final byte[] iam) throws MalformedException {
        final Guid identifier = identifiers.of(circuit, iam);
        if (call == null) {
            begin(circuit, identifier, association, stream, iam);
        } else if (call.orphaned) {
            onIamForOrphan(call, identifier, association, stream, iam);
        } else if (call.isRepeated(identifier)) {
            count(GwcCounter.DUPLICATE_IAMS);
            call.onRepeatedIam();
        } else {
            call.next = new WaitingIam(iam, association, stream);
            call.abandon();
        }
    }

    private void onIamForOrphan(final Call orphan, final Guid identifier, final int association, final int stream,
        final byte[] iam) throws MalformedException {
        if (orphan.identifier.equals(identifier)) {
            begin(orphan.circuit, identifier, association, stream, iam);
        } else {
            orphan.next = new WaitingIam(iam, association, stream);
            orphan.endOrphan();
        }
    }

    private void begin(final CircuitId circuit, final Guid identifier, final int association, final int stream,
        final byte[] iam) throws MalformedException {
        final IsupMessage message = IsupMessage.decode(iam, 0, iam.length);
        final String called = PartyNumber.digits(message.variable().get(0));
        final byte[] calling = message.parameter(OPTIONAL_CALLING);
        count(GwcCounter.CALLS);
        if (!isDialable(called)) {
            count(GwcCounter.CALLS_REFUSED_NUMBER);
            outlet.isup(circuit, association, stream, IsupMessages.rel(circuit.cic(), CauseIndicators.LOCAL_NETWORK,
                CauseIndicators.INVALID_NUMBER), nowNs);
            return;
        }
        if (calls() >= config.maxCalls() && !calls.containsKey(circuit.key())) {
            count(GwcCounter.CALLS_REFUSED_FULL);
            outlet.isup(circuit, association, stream, IsupMessages.rel(circuit.cic(), CauseIndicators.LOCAL_NETWORK,
                CauseIndicators.SWITCHING_CONGESTION), nowNs);
            return;
        }
        final Call call = open(circuit, identifier, association, stream);
        call.called = called;
        call.calling = calling == null ? "" : callingNumber(calling);
        call.setUp();
    }

    /** The calling number is told to the gatekeeper if it can be; a strange one is no reason to refuse a call. */
    private static String callingNumber(final byte[] parameter) {
        try {
            final String digits = PartyNumber.digits(parameter);
            return isDialable(digits) ? digits : "";
        } catch (final MalformedException e) {
            return "";
        }
    }

    /** Whether gatekeepers and media gateways can name such a number: H.225.0 dialledDigits, an H.248 pathNAME. */
    static boolean isDialable(final String number) {
        return number.matches("[0-9*#]{1,20}");
    }

    private Call open(final CircuitId circuit, final Guid identifier, final int association, final int stream) {
        final Call call = new Call(this, circuit, identifier, tools.nextReference());
        call.association = association;
        call.stream = stream;
        final Call older = calls.put(circuit.key(), call);
        if (older != null) {
            replace(older, call);
        }
        return call;
    }

    /** The circuit's older picture: of the same call it is continued, another call's is given back on the side. */
    private void replace(final Call older, final Call newer) {
        timers.forget(older);
        if (older.identifier.equals(newer.identifier)) {
            newer.inherit(older);
            older.removed = true;
        } else {
            detached.add(older);
            if (!older.orphaned) {
                older.orphan();
            }
            timers.forget(older);
            older.endOrphan();
        }
    }

    private void onRelease(final Call call, final CircuitId circuit, final int association, final int stream,
        final int cause) {
        if (call != null) {
            call.onRelease(cause);
        } else {
            // Q.764 section 2.3.1: REL on an idle circuit is answered all the same
            outlet.isup(circuit, association, stream, IsupMessages.rlc(circuit.cic()), nowNs);
        }
    }

    private void onReleaseComplete(final Call call) {
        if (call == null) {
            count(GwcCounter.UNEXPECTED);
        } else {
            call.onReleaseComplete();
        }
    }

    /** Q.764 section 2.9.3.1: the circuit becomes idle whatever it was, and RLC says so. */
    private void onReset(final Call call, final CircuitId circuit, final int association, final int stream) {
        if (call != null) {
            call.onRelease(CauseIndicators.NORMAL_UNSPECIFIED);
        } else {
            outlet.isup(circuit, association, stream, IsupMessages.rlc(circuit.cic()), nowNs);
        }
    }

    @Override
    public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long now) {
        nowNs = now;
        final CallCookie from = CallCookie.open(seal, buffer, offset, length);
        if (from == null) {
            count(GwcCounter.BAD_COOKIES);
        } else {
            guarded(association, null, () -> onCookie(association, stream, from));
        }
    }

    private void onCookie(final int association, final int stream, final CallCookie from) {
        if (from.stage() == Call.Stage.IDLE) {
            count(GwcCounter.TAKEOVERS_IDLE);
            final Call older = calls.get(from.circuit().key());
            if (older != null && older.orphaned) {
                older.endOrphan();
            }
            return;
        }
        count(GwcCounter.TAKEOVERS_BY_COOKIE);
        observer.onTakeover(from.circuit().cic(), from.stage().name(), nowNs);
        open(from.circuit(), from.callIdentifier(), association, stream).takeOver(from);
    }

    @Override
    public void onUserDown(final int association, final long now) {
        nowNs = now;
        for (final Call call : List.copyOf(calls.values())) {
            if (call.association == association && !call.orphaned) {
                call.orphan();
            }
        }
        // what third parties said still counts; what the user said before it left does not
        for (final Fence.Waiting waiting : fence.take(association)) {
            if (waiting.call() != null && !isGone(waiting.call())) {
                waiting.input().run();
            }
        }
    }

    @Override
    public void onUserUnfenced(final int association, final long now) {
        nowNs = now;
        for (final Fence.Waiting waiting : fence.take(association)) {
            if (waiting.call() == null || !isGone(waiting.call())) {
                waiting.input().run();
            }
        }
    }

    // ---- what calls and their dialogues use -------------------------------------------------------------------------

    /** Something from a gatekeeper or media gateway for a call: waits while it is not clear whose the call is. */
    void input(final Call call, final long now, final Runnable input) {
        nowNs = now;
        if (!isGone(call)) {
            guarded(call.association, call.orphaned ? null : call, input);
        }
    }

    private void guarded(final int association, final Call call, final Runnable input) {
        if (!element.isFenced(association)) {
            input.run();
        } else if (fence.hold(association, call, input)) {
            count(GwcCounter.DEFERRED);
        } else {
            count(GwcCounter.DEFERRED_LOST);
        }
    }

    /** Does something after the present input, which must not be interrupted by its own consequences. */
    void later(final Call call, final Runnable step) {
        later.add(() -> {
            if (!isGone(call)) {
                step.run();
            }
        });
    }

    boolean isGone(final Call call) {
        return call.removed;
    }

    void remove(final Call call) {
        timers.forget(call);
        call.removed = true;
        if (!calls.remove(call.circuit.key(), call)) {
            detached.remove(call);
        }
        final WaitingIam next = call.next;
        if (next != null) {
            later.add(() -> {
                try {
                    begin(call.circuit, identifiers.of(call.circuit, next.iam()), next.association(), next.stream(),
                        next.iam());
                } catch (final MalformedException e) {
                    count(GwcCounter.MALFORMED);
                }
            });
        }
    }

    void send(final Call call, final IsupMessage message) {
        outlet.isup(call.circuit, call.association, call.stream, message, nowNs);
    }

    void sendCookie(final Call call, final CallCookie of) {
        outlet.cookie(call.association, call.stream, of, nowNs);
    }

    void armMachineTimer(final Call call, final long atNs) {
        timers.armMachine(call, atNs);
    }

    void armProtocolTimer(final Call call, final long atNs) {
        timers.armProtocol(call, atNs);
    }

    /** Calls taken over together renew their admissions one after another. */
    void armAdmissionTimer(final Call call) {
        renewal = (renewal + 1) % RENEWAL_SLOTS;
        timers.armAdmission(call, nowNs + RENEWAL_NS + renewal * RENEWAL_GAP_NS);
    }

    void recovered(final Call call, final String pool, final Failover failover, final long pendingSinceNs,
        final long now) {
        observer.onRecovered(call.circuit.cic(), pool, failover, pendingSinceNs, now);
    }

    void machineFailed(final Call call, final RuntimeException e) {
        count(GwcCounter.MACHINE_FAULTS);
        observer.onMachineFault(call.circuit.cic(), e);
    }

    void count(final GwcCounter counter) {
        counters.increment(counter);
    }

    GwcConfig config() {
        return config;
    }

    CallMachine machine() {
        return machine;
    }

    PoolUser user() {
        return user;
    }

    long nowNs() {
        return nowNs;
    }

    /** What dialogues with gatekeepers and media gateways need. */
    DialogueTools tools() {
        return tools;
    }

    // ---- time -------------------------------------------------------------------------------------------------------

    @Override
    public long nextDeadlineNs() {
        return later.isEmpty() ? timers.nextNs() : nowNs;
    }

    @Override
    public void onDeadline(final long now) {
        nowNs = now;
        for (final Runnable step : new ArrayList<>(later)) {
            later.poll();
            step.run();
        }
        while (timers.fireOne(this, now)) {
            // each may arm others; those that are due already fire in this turn
            continue;
        }
    }
}
