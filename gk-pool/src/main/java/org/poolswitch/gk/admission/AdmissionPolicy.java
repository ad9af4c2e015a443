// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.admission;

import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.ras.AdmissionRequest;

/**
 * Decides about calls (H.225.0 section 7.11). Called on the gatekeeper's one thread, so it answers at once from what it
 * knows; a decision that takes time holds up every other call. It is asked once per call: a request repeated after a
 * failover is the same admission. Whatever it throws costs that call (ARJ, undefinedReason) and is counted.
 */
@FunctionalInterface
public interface AdmissionPolicy {
    /**
     * Decides about one call.
     *
     * @param request   the ARQ
     * @param calls     calls that this gatekeeper has admitted and that are not over
     * @param bandwidth what those use, hundreds of bits per second
     * @return null to admit, otherwise the reason of the ARJ, one that {@link AdmissionRejectReason#isSendable}
     */
    AdmissionRejectReason decide(AdmissionRequest request, int calls, long bandwidth);
}
