// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import org.poolswitch.ras.Guid;

/** A call that was admitted: who asked last owns it. */
final class Admission {
    final Guid callIdentifier;
    String endpoint;
    long bandwidth;
    int association;
    /** When it ends because its controller is gone, or {@code Machine.NO_DEADLINE}. */
    long orphanDeadlineNs;

    Admission(final Guid callIdentifier, final long bandwidth) {
        this.callIdentifier = callIdentifier;
        this.bandwidth = bandwidth;
    }
}
