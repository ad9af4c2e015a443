// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
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
import org.poolswitch.m3ua.M3uaError;
import org.poolswitch.m3ua.M3uaException;
import org.poolswitch.megaco.MegacoDecoder;
import org.poolswitch.megaco.MegacoEncoder;
import org.poolswitch.megaco.Mid;
import org.poolswitch.megaco.TextStyle;
import org.poolswitch.observe.Counters;
import org.poolswitch.ras.Guid;
import org.poolswitch.ras.PerWriter;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SendStatus;

/**
 * The gateway controller's hub: hands each message of a signaling gateway to the call that it concerns, and carries
 * what calls say. See docs/failover.md for the rules that {@link Call} keeps.
 */
public final class GwcCore implements Machine, ElementListener {
    /** The pool that controllers join. */
    public static final byte[] POOL = "gwc".getBytes(StandardCharsets.US_ASCII);
    private static final int OPTIONAL_CALLING = PartyNumber.CALLING;
    private static final int MOST_SEQUENCE = 65_535;
    private static final int MOST_REFERENCE = 32_767;
    private static final int LARGEST_COOKIE = 160;

    private final GwcConfig config;
    private final CallMachine machine;
    private final GwcObserver observer;
    private final PoolUser user;
    private final PoolElement element;
    private final Mid mid;
    private final String endpointIdentifier;
    private final byte[] mediaPool;
    private final Counters counters = new Counters(GwcCounter.class);
    private final Map<Long, Call> calls = new HashMap<>();
    private final CallTimers timers = new CallTimers();
    private final Fence fence;
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final CallIdentifiers identifiers = new CallIdentifiers();
    private final CallCookie.Seal seal;
    private final PerWriter rasWriter = new PerWriter();
    private final MegacoEncoder megacoEncoder = new MegacoEncoder(TextStyle.COMPACT);
    private final MegacoDecoder megacoDecoder = new MegacoDecoder();
    private final byte[] isup = new byte[IsupMessage.LONGEST];
    private final byte[] m3ua = new byte[512];
    private final byte[] cookie = new byte[LARGEST_COOKIE];
    private long nowNs;
    private int sequence;
    private int reference;
    private long transaction;

    /**
     * @param elements makes our pool element, given this as its listener
     * @param mid      our name towards media gateways: the address that other controllers do not have
     * @param random   where transaction identifiers begin, so that a restarted controller does not repeat those of its
     *                 former self within a media gateway's memory (RFC 3525 annex D.1.4)
     */
    public GwcCore(final GwcConfig config, final CallMachine machine, final PoolUser user,
        final Function<ElementListener, PoolElement> elements, final Mid mid, final RandomGenerator random,
        final GwcObserver observer) {
        this.config = config;
        this.machine = machine;
        this.observer = observer;
        this.user = user;
        this.element = elements.apply(this);
        this.mid = mid;
        this.endpointIdentifier = "gwc-" + Integer.toHexString(element.identifier());
        this.mediaPool = ("mg." + config.trunkGroup()).getBytes(StandardCharsets.US_ASCII);
        this.fence = new Fence(config.maxDeferred());
        this.seal = new CallCookie.Seal(config.cookieKey());
        this.sequence = random.nextInt(MOST_SEQUENCE);
        this.reference = random.nextInt(MOST_REFERENCE);
        this.transaction = random.nextInt() & 0x7fffffffL;
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
        return calls.size();
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
        return calls.isEmpty() && element.isDeregistered();
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
            onBadM3ua(e, association, stream, buffer, offset, length);
        } catch (final MalformedException e) {
            count(GwcCounter.MALFORMED);
        }
    }

    /** RFC 4666 section 3.8.1: what was wrong is told, but never in answer to such a message. */
    private void onBadM3ua(final M3uaException e, final int association, final int stream, final byte[] buffer,
        final int offset, final int length) {
        count(GwcCounter.MALFORMED);
        if (!M3uaError.isError(buffer, offset, length)) {
            final int octets = M3uaError.encode(e.errorCode(), buffer, offset, length, m3ua, 0);
            element.sendToUser(association, stream, M3ua.PPID, m3ua, 0, octets, nowNs);
        }
    }

    private void onForward(final int association, final int stream, final M3uaData data, final IsupMessage message) {
        final CircuitId circuit = CircuitId.of(data, message.cic());
        final Call call = calls.get(circuit.key());
        if (call != null) {
            call.speakOn(association, stream);
        }
        try {
            switch (message.type()) {
                case IAM -> onIam(call, circuit, association, stream, data.userData());
                case REL -> onRelease(call, circuit, association, stream,
                    CauseIndicators.value(message.variable().get(0)));
                case RLC -> onReleaseComplete(call);
                case RSC -> onReset(call, circuit, association, stream);
                default -> count(GwcCounter.UNEXPECTED);
            }
        } catch (final MalformedException e) {
            count(GwcCounter.MALFORMED);
        }
    }

    private void onIam(final Call call, final CircuitId circuit, final int association, final int stream,
        final byte[] iam) throws MalformedException {
        final Guid identifier = identifiers.of(circuit, iam);
        if (call == null) {
            begin(circuit, identifier, association, stream, iam);
        } else if (call.isRepeated(identifier)) {
            count(GwcCounter.DUPLICATE_IAMS);
            call.onRepeatedIam();
        } else {
            call.next = new WaitingIam(iam, association, stream);
            call.abandon();
        }
    }

    private void begin(final CircuitId circuit, final Guid identifier, final int association, final int stream,
        final byte[] iam) throws MalformedException {
        final IsupMessage message = IsupMessage.decode(iam, 0, iam.length);
        final String called = PartyNumber.digits(message.variable().get(0));
        final byte[] calling = message.parameter(OPTIONAL_CALLING);
        count(GwcCounter.CALLS);
        if (calls.size() >= config.maxCalls()) {
            count(GwcCounter.CALLS_REFUSED_FULL);
            sendIsup(circuit, association, stream, IsupMessages.rel(circuit.cic(), CauseIndicators.LOCAL_NETWORK,
                CauseIndicators.SWITCHING_CONGESTION));
            return;
        }
        final Call call = open(circuit, identifier, association, stream);
        call.called = called;
        call.calling = calling == null ? "" : PartyNumber.digits(calling);
        call.setUp();
    }

    private Call open(final CircuitId circuit, final Guid identifier, final int association, final int stream) {
        reference = reference % MOST_REFERENCE + 1;
        final Call call = new Call(this, circuit, identifier, reference);
        call.association = association;
        call.stream = stream;
        calls.put(circuit.key(), call);
        return call;
    }

    private void onRelease(final Call call, final CircuitId circuit, final int association, final int stream,
        final int cause) {
        if (call != null) {
            call.onRelease(cause);
        } else {
            // Q.764 section 2.3.1: REL on an idle circuit is answered all the same
            sendIsup(circuit, association, stream, IsupMessages.rlc(circuit.cic()));
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
            sendIsup(circuit, association, stream, IsupMessages.rlc(circuit.cic()));
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
            return;
        }
        final Call older = calls.get(from.circuit().key());
        if (older != null) {
            timers.forget(older);
            older.drop();
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
        return calls.get(call.circuit.key()) != call;
    }

    void remove(final Call call) {
        timers.forget(call);
        calls.remove(call.circuit.key());
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
        sendIsup(call.circuit, call.association, call.stream, message);
    }

    private void sendIsup(final CircuitId circuit, final int association, final int stream,
        final IsupMessage message) {
        final int length = message.encode(isup, 0);
        final M3uaData data = new M3uaData(circuit.dpc(), circuit.opc(), M3ua.SI_ISUP, circuit.networkIndicator(), 0,
            circuit.sls(), Arrays.copyOf(isup, length));
        checked(association, element.sendToUser(association, stream, M3ua.PPID, m3ua, 0, data.encode(m3ua, 0),
            nowNs));
    }

    void sendCookie(final Call call, final CallCookie of) {
        checked(call.association, element.sendCookie(call.association, call.stream, cookie, 0, of.seal(seal, cookie),
            nowNs));
    }

    /** A user that takes nothing more would lose messages of its calls: let it go, it finds another controller. */
    private void checked(final int association, final SendStatus status) {
        if (status == SendStatus.FULL) {
            count(GwcCounter.USERS_BLOCKED);
            element.abortUser(association, nowNs);
        }
    }

    void armMachineTimer(final Call call, final long atNs) {
        timers.armMachine(call, atNs);
    }

    void armProtocolTimer(final Call call, final long atNs) {
        timers.armProtocol(call, atNs);
    }

    void recovered(final Call call, final String pool, final Failover failover, final long pendingSinceNs,
        final long now) {
        observer.onRecovered(call.circuit.cic(), pool, failover, pendingSinceNs, now);
    }

    void count(final GwcCounter counter) {
        counters.increment(counter);
    }

    int nextSequence() {
        sequence = sequence % MOST_SEQUENCE + 1;
        return sequence;
    }

    long nextTransaction() {
        transaction = transaction % 0xffffffffL + 1;
        return transaction;
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

    String endpointIdentifier() {
        return endpointIdentifier;
    }

    PerWriter rasWriter() {
        return rasWriter;
    }

    MegacoEncoder megacoEncoder() {
        return megacoEncoder;
    }

    MegacoDecoder megacoDecoder() {
        return megacoDecoder;
    }

    Mid mid() {
        return mid;
    }

    byte[] mediaPool() {
        return mediaPool;
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
