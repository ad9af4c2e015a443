// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.isup.IsupType;

/**
 * One captured call: what its caller's side sent (played again) and what came back (expected again, in this order).
 *
 * <p>How often a CPG comes depends on the far network, so one stands for a run of them. Everything else that the
 * capture has must come, in its order; what comes beside it must be a message that a call may have there.
 */
public final class ReplayCall {
    /** One message of the capture. */
    public record Step(long atNs, boolean forward, IsupType type, byte[] isup) {
    }

    private final int opc;
    private final int dpc;
    private final int cic;
    private final List<Step> steps;
    private final List<IsupType> seen = new ArrayList<>();
    private int position;
    private int played;
    private boolean ended;

    public ReplayCall(final int opc, final int dpc, final int cic, final List<Step> steps) {
        this.opc = opc;
        this.dpc = dpc;
        this.cic = cic;
        this.steps = List.copyOf(steps);
    }

    public int opc() {
        return opc;
    }

    public int dpc() {
        return dpc;
    }

    public int cic() {
        return cic;
    }

    /** All messages, in the order of the capture. */
    public List<Step> steps() {
        return steps;
    }

    /** The captured backward messages, runs of CPG taken as one. */
    public List<IsupType> expected() {
        final List<IsupType> result = new ArrayList<>();
        for (final Step step : steps) {
            if (!step.forward() && !(step.type() == IsupType.CPG && last(result) == IsupType.CPG)) {
                result.add(step.type());
            }
        }
        return result;
    }

    private static IsupType last(final List<IsupType> list) {
        return list.isEmpty() ? null : list.get(list.size() - 1);
    }

    void onBackward(final IsupType type) {
        seen.add(type);
    }

    void onEnd(final long nowNs) {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** The next forward message that may go now: everything the capture has before it came, or null. */
    Step nextForward() {
        while (position < steps.size() && !steps.get(position).forward()) {
            position++;
        }
        if (position >= steps.size() || matched(backwardBefore(position)) < backwardBefore(position).size()) {
            return null;
        }
        return steps.get(position);
    }

    private List<IsupType> backwardBefore(final int index) {
        return new ReplayCall(opc, dpc, cic, steps.subList(0, index)).expected();
    }

    void playedNext() {
        position++;
        played++;
    }

    /** True if forward messages are left. */
    public boolean hasForward() {
        return steps.subList(position, steps.size()).stream().anyMatch(Step::forward);
    }

    /** How many of the given types were seen, in that order. */
    private int matched(final List<IsupType> types) {
        int n = 0;
        for (final IsupType type : seen) {
            if (n < types.size() && types.get(n) == type) {
                n++;
            }
        }
        return n;
    }

    /** Forward messages played. */
    public int played() {
        return played;
    }

    /** Expected backward messages that came in their order. */
    public int seenInOrder() {
        return matched(expected());
    }

    /** Backward messages that came, all of them. */
    public List<IsupType> seen() {
        return List.copyOf(seen);
    }

    /** True if the call went as captured. */
    public boolean isGood() {
        return ended && !hasForward() && seenInOrder() == expected().size();
    }
}
