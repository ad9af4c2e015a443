// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.DisengageRequest;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.RasMessage;
import org.poolswitch.runtime.MalformedException;

/**
 * What a ladder says of a RAS message.
 *
 * @param name           ARQ, ACF and so on, with the called number if it has one
 * @param request        whether it is a question
 * @param sequence       its requestSeqNum
 * @param called         the called number, or null
 * @param callIdentifier the call's identifier as text, or null
 */
record RasSummary(String name, boolean request, int sequence, String called, String callIdentifier) {
    static RasSummary of(final byte[] octets) {
        try {
            final RasMessage message = RasCodec.decode(octets, 0, octets.length);
            final String name = message.kind().shortName();
            if (message instanceof AdmissionRequest arq) {
                return new RasSummary(name + " " + arq.calledDigits(), true, arq.requestSeqNum(), arq.calledDigits(),
                    String.valueOf(arq.callIdentifier()));
            }
            if (message instanceof DisengageRequest drq) {
                return new RasSummary(name, true, drq.requestSeqNum(), null, String.valueOf(drq.callIdentifier()));
            }
            return new RasSummary(name, message.kind().isRequest(), message.requestSeqNum(), null, null);
        } catch (final MalformedException e) {
            return null;
        }
    }
}
