// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.util.random.RandomGenerator;

/**
 * Draws calls (open loop): when each is meant to start, whom it calls, how long its caller waits and talks. It does not
 * know what becomes of them, so a slow network never slows the traffic down.
 */
public final class CallGenerator {
    /** A caller that waits for the called side to hang up does so at most this many mean holding times. */
    private static final double PATIENCE_OF_LISTENERS = 8;

    private final TrafficConfig config;
    private final RandomGenerator random;
    private long next;
    private double elapsedNs;
    private final long startNs;

    public CallGenerator(final TrafficConfig config, final RandomGenerator random, final long startNs) {
        this.config = config;
        this.random = random;
        this.startNs = startNs;
        step();
    }

    private void step() {
        final double mean = 1e9 / config.perSecond();
        elapsedNs += config.poisson() ? -Math.log(1 - random.nextDouble()) * mean : mean;
    }

    /** True if all calls were drawn. */
    public boolean isDone() {
        return next >= config.calls();
    }

    /** When the next call is meant to start. */
    public long nextNs() {
        return startNs + (long) elapsedNs;
    }

    /** The next call. */
    public CallRequest take() {
        final long at = nextNs();
        final String number = String.valueOf(next);
        final String called = config.calledPrefix() + "0".repeat(Math.max(0, config.calledDigits() - number.length()))
            + (config.calledDigits() == 0 ? "" : number);
        final boolean impatient = random.nextDouble() < config.impatient();
        final boolean callerReleases = random.nextDouble() < config.callerReleases();
        final long hold = callerReleases ? exponential(config.meanHoldNs())
            : (long) (config.meanHoldNs() * PATIENCE_OF_LISTENERS);
        final CallRequest request = new CallRequest(next, at, called, config.calling(),
            impatient ? exponential(config.meanPatienceNs()) : 0, hold);
        next++;
        step();
        return request;
    }

    private long exponential(final long mean) {
        return Math.max(1, (long) (-Math.log(1 - random.nextDouble()) * mean));
    }
}
