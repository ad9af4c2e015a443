// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import org.poolswitch.ras.Guid;
import org.poolswitch.runtime.Deadlines;

/** A call that was admitted: who asked last owns it. */
final class Admission implements Deadlines.Entry {
    final Guid callIdentifier;
    String endpoint;
    long bandwidth;
    int association;
    /** When it ends because its controller is gone, or {@code Machine.NO_DEADLINE}. */
    long orphanDeadlineNs;
    /** RAS callReferenceValue as its controller said it, or 0. */
    int callReference;
    // whether its controller still has it; owned by StatusInquiry
    /** Number of the IRQ that waits for an answer, or 0. */
    int question;
    int tries;
    long dueNs;
    private int heapIndex = -1;

    Admission(final Guid callIdentifier, final long bandwidth) {
        this.callIdentifier = callIdentifier;
        this.bandwidth = bandwidth;
    }

    @Override
    public long dueNs() {
        return dueNs;
    }

    @Override
    public int heapIndex() {
        return heapIndex;
    }

    @Override
    public void heapIndex(final int index) {
        heapIndex = index;
    }
}
