// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.poolswitch.ras.Guid;
import org.poolswitch.runtime.Machine;

/** The calls that are admitted, what they use together, and which of them nobody speaks for just now. */
final class AdmissionTable {
    private record Orphan(long atNs, Admission admission) {
    }

    private final Map<Guid, Admission> byCall = new HashMap<>();
    /** All are held equally long, so the first is always the first to end. */
    private final ArrayDeque<Orphan> orphans = new ArrayDeque<>();
    private long bandwidth;

    Admission get(final Guid call) {
        return byCall.get(call);
    }

    int size() {
        return byCall.size();
    }

    long bandwidth() {
        return bandwidth;
    }

    Admission add(final Guid call, final long bandwidthOfCall) {
        final Admission admission = new Admission(call, bandwidthOfCall);
        byCall.put(call, admission);
        bandwidth += bandwidthOfCall;
        return admission;
    }

    void owned(final Admission admission, final String endpoint, final int association) {
        admission.endpoint = endpoint;
        admission.association = association;
        admission.orphanDeadlineNs = Machine.NO_DEADLINE;
    }

    void change(final Admission admission, final long newBandwidth) {
        bandwidth += newBandwidth - admission.bandwidth;
        admission.bandwidth = newBandwidth;
    }

    void remove(final Admission admission) {
        byCall.remove(admission.callIdentifier);
        bandwidth -= admission.bandwidth;
        admission.orphanDeadlineNs = Machine.NO_DEADLINE;
    }

    /**
     * A controller is gone: its calls' admissions wait for whoever speaks for them next.
     *
     * @param each is told of each
     */
    void orphan(final int association, final long untilNs, final Consumer<Admission> each) {
        for (final Admission admission : byCall.values()) {
            if (admission.association == association && admission.orphanDeadlineNs == Machine.NO_DEADLINE) {
                admission.orphanDeadlineNs = untilNs;
                each.accept(admission);
                orphans.add(new Orphan(untilNs, admission));
            }
        }
    }

    long nextDeadlineNs() {
        return orphans.isEmpty() ? Machine.NO_DEADLINE : orphans.peek().atNs;
    }

    /** Ends what nobody came for. @return how many */
    int endOrphans(final long nowNs) {
        int ended = 0;
        while (!orphans.isEmpty() && orphans.peek().atNs <= nowNs) {
            final Orphan orphan = orphans.poll();
            if (orphan.admission.orphanDeadlineNs == orphan.atNs) {
                remove(orphan.admission);
                ended++;
            }
        }
        return ended;
    }
}
