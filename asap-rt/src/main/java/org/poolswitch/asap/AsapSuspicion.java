// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import org.poolswitch.sctp.Setting;

/**
 * How a dead or paused element is noticed, and how a node notices its own pause. All times are nanoseconds.
 *
 * @param floorNs          shortest lateness of an expected reply that makes an element suspect
 * @param multiplier       lateness as a multiple of the pool's usual latency; the larger of both counts
 * @param idleProbeNs      an element with sessions that was not heard for so long is probed once, so that its death is
 *                         noticed though nobody speaks; 0 = never, the transport's heartbeats are left to it
 * @param probeIntervalNs  pause between two probes of a suspect element
 * @param deadAfterNs      silence after which a suspect element is given up
 * @param blindDeadAfterNs the same on a transport that cannot probe or tell when it heard something (kernel SCTP)
 * @param minProbes        probes that must have gone unanswered, so that a stall of ours looks like nobody's death
 * @param perishAfterNs    age at which a message that must not come late is given up; less than the silence after which
 *                         our own users give us up, be it here or in SCTP (Least.Silence)
 * @param fenceThresholdNs gap between two runs of our own loop that counts as a pause of ours
 * @param fenceSettleNs    how long after our own pause a packet may still be one that waited in the socket
 */
public record AsapSuspicion(
    @Setting("Suspect.Floor") long floorNs,
    @Setting("Suspect.Multiplier") int multiplier,
    @Setting("Idle.Probe") long idleProbeNs,
    @Setting("Probe.Interval") long probeIntervalNs,
    @Setting("Dead.After") long deadAfterNs,
    @Setting("Dead.After.Blind") long blindDeadAfterNs,
    @Setting("Probes.Min") int minProbes,
    @Setting("Perish.After") long perishAfterNs,
    @Setting("Fence.Threshold") long fenceThresholdNs,
    @Setting("Fence.Settle") long fenceSettleNs) {

    private static final long MS = 1_000_000L;

    public AsapSuspicion {
        if (floorNs <= 0 || probeIntervalNs <= 0 || fenceThresholdNs <= 0 || fenceSettleNs < 0) {
            throw new IllegalArgumentException("times of suspicion and fencing must be longer than 0");
        }
        if (idleProbeNs < 0 || idleProbeNs > 0 && idleProbeNs < MS) {
            throw new IllegalArgumentException("idle elements are probed at most once a millisecond, or never (0)");
        }
        if (multiplier < 1 || minProbes < 1) {
            throw new IllegalArgumentException("multiplier and minimum of probes are at least 1");
        }
        if (deadAfterNs < minProbes * probeIntervalNs) {
            throw new IllegalArgumentException("an element must not be given up before " + minProbes
                + " probes had a chance: deadAfter is shorter than that many probe intervals");
        }
        if (blindDeadAfterNs < deadAfterNs) {
            throw new IllegalArgumentException("Dead.After.Blind must not be shorter than Dead.After: "
                + "without probes an element needs more patience, not less");
        }
        if (perishAfterNs <= 0 || perishAfterNs >= deadAfterNs) {
            throw new IllegalArgumentException("what must not come late must be given up before its sender is: "
                + "perishAfter is not shorter than deadAfter");
        }
        if (fenceThresholdNs >= deadAfterNs) {
            throw new IllegalArgumentException("a node must notice its own pause before others give it up: "
                + "fenceThreshold is not shorter than deadAfter");
        }
    }

    /** Milliseconds: 5 ms late is suspect, 200 ms silent is dead. The default. */
    public static AsapSuspicion carrier() {
        return new AsapSuspicion(5 * MS, 8, 5 * MS, 5 * MS, 200 * MS, 1_000 * MS, 3, 100 * MS, 25 * MS, 10 * MS);
    }

    /** Patience of the standards' timers: suspicion after a second, given up after five. */
    public static AsapSuspicion rfc() {
        return new AsapSuspicion(1_000 * MS, 16, 0, 500 * MS, 5_000 * MS, 30_000 * MS, 3, 4_000 * MS, 250 * MS,
            10 * MS);
    }

    /** The same with another floor and pause of idle probes (0 = none). */
    public AsapSuspicion with(final long newFloorNs, final long newIdleProbeNs) {
        return new AsapSuspicion(newFloorNs, multiplier, newIdleProbeNs, probeIntervalNs, deadAfterNs,
            blindDeadAfterNs, minProbes, perishAfterNs, fenceThresholdNs, fenceSettleNs);
    }
}
