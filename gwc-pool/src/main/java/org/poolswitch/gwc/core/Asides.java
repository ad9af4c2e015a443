// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import org.poolswitch.asap.ElementObserver;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.ras.RasCodec;

/** What gatekeepers and media gateways say beside all calls, told apart by its payload protocol. */
final class Asides implements ElementObserver {
    private final MediaGateways media;
    private final Gatekeepers gatekeepers;
    private final CallServices services;

    Asides(final MediaGateways media, final Gatekeepers gatekeepers, final CallServices services) {
        this.media = media;
        this.gatekeepers = gatekeepers;
        this.services = services;
    }

    @Override
    public void onElementUp(final int association, final int element, final byte[] poolHandle, final long nowNs) {
        media.onUp(element, poolHandle, nowNs);
    }

    @Override
    public void onElementMessage(final int association, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        switch (ppid) {
            case MegacoMessage.PPID -> media.onMessage(association, buffer, offset, length, nowNs);
            case RasCodec.PPID -> gatekeepers.onMessage(association, buffer, offset, length, nowNs);
            default -> services.count(GwcCounter.UNEXPECTED);
        }
    }
}
