// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.ras.CallModel;
import org.poolswitch.ras.CallReport;
import org.poolswitch.ras.CallType;
import org.poolswitch.ras.InfoRequest;
import org.poolswitch.ras.InfoRequestResponse;
import org.poolswitch.ras.PerWriter;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.TransportAddress;
import org.poolswitch.runtime.MalformedException;

/**
 * What gatekeepers ask beside all calls, on stream 0: IRQ, whether there still is a call that they admitted (H.225.0
 * section 7.15). The answer is yes as long as anything of it is there, whoever speaks for it.
 */
final class Gatekeepers {
    private final CallServices services;
    private final TransportAddress ownAddress;

    Gatekeepers(final CallServices services, final TransportAddress ownAddress) {
        this.services = services;
        this.ownAddress = ownAddress;
    }

    void onMessage(final int association, final byte[] buffer, final int offset, final int length, final long nowNs) {
        try {
            if (RasCodec.decode(buffer, offset, length) instanceof InfoRequest irq && irq.callIdentifier() != null) {
                services.count(GwcCounter.STATUS_REQUESTS);
                final PerWriter out = services.tools().rasWriter();
                final int octets = RasCodec.encode(answer(irq), out);
                services.user().sendAside(association, RasCodec.PPID, out.buffer(), 0, octets, nowNs);
            } else {
                services.count(GwcCounter.UNEXPECTED);
            }
        } catch (final MalformedException e) {
            services.count(GwcCounter.MALFORMED);
        }
    }

    private InfoRequestResponse answer(final InfoRequest irq) {
        final Call call = services.calls().of(irq.callIdentifier());
        final String name = services.tools().endpointIdentifier();
        return call == null ? InfoRequestResponse.noSuchCall(irq.requestSeqNum(), name, ownAddress)
            : InfoRequestResponse.of(irq.requestSeqNum(), name, ownAddress, new CallReport(call.reference,
                call.identifier, CallType.POINT_TO_POINT, services.config().bandwidth(), CallModel.DIRECT,
                call.identifier));
    }
}
