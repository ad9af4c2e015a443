// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;

/** Users and elements of one registrar, on one thread: they register, and resolve at a rate or as fast as can be. */
final class LoadCaller implements NodeMachine {
    private static final long AGAIN_NS = 100_000_000L;
    private final Messages messages;
    private final List<LoadUser> users = new ArrayList<>();
    private final List<LoadUser> dialling = new ArrayList<>();
    private long againNs = NO_DEADLINE;
    // registrations
    private int nextIdentifier;
    private int lastIdentifier = -1;
    private int registered;
    // resolutions
    private long intervalNs;
    private long nextNs = NO_DEADLINE;
    private long untilNs;
    private int turn;
    private boolean saturated;
    private long answers;
    private long refusals;

    LoadCaller(final List<SctpEndpoint> endpoints, final SctpAddress registrar, final Messages messages) {
        this.messages = messages;
        for (final SctpEndpoint endpoint : endpoints) {
            users.add(new LoadUser(endpoint, registrar, this));
        }
    }

    boolean isUp() {
        return users.stream().allMatch(LoadUser::isUp);
    }

    /** Registers the elements with these identifiers, with so many requests under way on each association. */
    void register(final int first, final int last, final int window, final long nowNs) {
        nextIdentifier = first;
        lastIdentifier = last;
        registered = first - 1;
        for (int i = 0; i < window; i++) {
            users.forEach(user -> registerNext(user, nowNs));
        }
    }

    private void registerNext(final LoadUser user, final long nowNs) {
        if (nextIdentifier <= lastIdentifier && user.ask(messages.registration(nextIdentifier), nowNs, nowNs)) {
            nextIdentifier++;
        }
    }

    boolean isRegistered() {
        return registered == lastIdentifier;
    }

    /** Resolves at a fixed rate, whatever comes back; latencies count from the moment at which a question was meant. */
    void resolveAt(final Histogram into, final int perSecond, final long durationNs, final long nowNs) {
        begin(into, durationNs, nowNs);
        intervalNs = 1_000_000_000L / perSecond;
        nextNs = nowNs;
    }

    /** Asks at a fixed rate and does not care for answers. */
    void flood(final int perSecond, final long durationNs, final long nowNs) {
        users.forEach(user -> user.flooding = true);
        resolveAt(null, perSecond, durationNs, nowNs);
    }

    /** Resolves as fast as can be, with so many questions under way on each association. */
    void saturate(final Histogram into, final int window, final long durationNs, final long nowNs) {
        begin(into, durationNs, nowNs);
        saturated = true;
        for (int i = 0; i < window; i++) {
            users.forEach(user -> user.ask(messages.resolution(), nowNs, nowNs));
        }
    }

    private void begin(final Histogram into, final long durationNs, final long nowNs) {
        users.forEach(user -> user.histogram = into);
        users.forEach(user -> user.refused = 0);
        untilNs = nowNs + durationNs;
        answers = 0;
        refusals = 0;
    }

    /** Answers since the last start. */
    long answers() {
        return answers;
    }

    /** Questions that found the send buffer full, and answers that named nobody. */
    long refusals() {
        return refusals + users.stream().mapToLong(user -> user.refused).sum();
    }

    /** Whether the time is over and all answers are in. */
    boolean isQuiet() {
        return nextNs == NO_DEADLINE && !saturated && users.stream().allMatch(user -> user.underWay() == 0);
    }

    /** Questions that are not answered. */
    long underWay() {
        return users.stream().mapToLong(LoadUser::underWay).sum();
    }

    void onAnswer(final LoadUser user, final int type, final int flags, final int length, final long nowNs) {
        if (type == AsapType.REGISTRATION_RESPONSE) {
            if (flags != 0) {
                throw new IllegalStateException("the registrar refuses an element of the load");
            }
            registered++;
            registerNext(user, nowNs);
            return;
        }
        answers++;
        if (length < 40) {
            refusals++;
        }
        if (saturated) {
            if (nowNs < untilNs) {
                user.ask(messages.resolution(), nowNs, nowNs);
            } else {
                saturated = false;
            }
        }
    }

    void again(final LoadUser user, final long nowNs) {
        dialling.add(user);
        againNs = nowNs + AGAIN_NS;
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(nextNs, againNs);
    }

    @Override
    public void onDeadline(final long nowNs) {
        if (againNs <= nowNs) {
            againNs = NO_DEADLINE;
            final List<LoadUser> now = List.copyOf(dialling);
            dialling.clear();
            now.forEach(user -> user.connect(nowNs));
        }
        while (nextNs <= nowNs) {
            users.get(turn).ask(messages.resolution(), nextNs, nowNs);
            turn = turn + 1 == users.size() ? 0 : turn + 1;
            nextNs += intervalNs;
            if (nextNs >= untilNs) {
                nextNs = NO_DEADLINE;
            }
        }
    }

    @Override
    public void onStart(final long nowNs) {
        users.forEach(user -> user.connect(nowNs));
    }

    @Override
    public SctpListener sctpListener() {
        return users.get(0);
    }

    @Override
    public SctpListener sctpListener(final int port) {
        return users.get(port);
    }

    @Override
    public void beginDrain(final long nowNs) {
    }

    @Override
    public boolean isDrained() {
        return true;
    }
}
