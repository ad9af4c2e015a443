// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapSuspicion;
import org.poolswitch.observe.Counters;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * Watches a home registrar that is late, as {@link Suspicion} watches an element: it is probed until it is heard, or
 * until it was silent so long that it counts as dead. A transport that cannot tell (kernel SCTP) leaves the judgement
 * to T1-ENRPrequest and T2-registration.
 */
final class HomeWatch {
    private final AsapSuspicion config;
    private final SctpEndpoint endpoint;
    private final Counters counters;
    private int association;
    private long sinceNs;
    private long nextProbeNs;
    private int probes;

    HomeWatch(final AsapSuspicion config, final SctpEndpoint endpoint, final Counters counters) {
        this.config = config;
        this.endpoint = endpoint;
        this.counters = counters;
    }

    boolean isOn() {
        return association != 0;
    }

    void begin(final int home, final long nowNs) {
        if (!isOn()) {
            association = home;
            restart(nowNs);
        }
    }

    void end() {
        association = 0;
    }

    void onClockJump(final long nowNs) {
        if (isOn()) {
            restart(nowNs);
        }
    }

    private void restart(final long nowNs) {
        sinceNs = nowNs;
        probes = 0;
        probe(nowNs);
    }

    private void probe(final long nowNs) {
        probes++;
        nextProbeNs = nowNs + config.probeIntervalNs();
        counters.increment(AsapCounter.PROBES);
        endpoint.probe(association, nowNs);
    }

    long nextDeadlineNs() {
        if (!isOn()) {
            return Machine.NO_DEADLINE;
        }
        return probes < config.minProbes() ? nextProbeNs : Math.min(nextProbeNs, deadAtNs());
    }

    private long deadAtNs() {
        return sinceNs + config.deadAfterNs();
    }

    /** @return true if the registrar is to be given up */
    boolean onDeadline(final long nowNs) {
        final long heardNs = endpoint.lastHeardNs(association);
        if (heardNs > sinceNs) {
            // it lives; whether it answers is for T1 and T2 to see
            end();
            return false;
        }
        if (nowNs >= deadAtNs() && probes >= config.minProbes()) {
            // one that was never heard of is on a transport that does not tell
            final boolean silent = heardNs != Long.MIN_VALUE;
            if (silent) {
                return true;
            }
            end();
            return false;
        }
        if (nowNs >= nextProbeNs) {
            probe(nowNs);
        }
        return false;
    }
}
