// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.asap.PoolElement;
import org.poolswitch.megaco.MegacoEncoder;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.Mid;
import org.poolswitch.megaco.Transaction;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.SendStatus;

/** The way out: encodes, sends, counts what the transport does not take. */
final class Mailer {
    private final Mid own;
    private final MegacoEncoder encoder;
    private final PoolElement element;
    private final Counters counters;

    Mailer(final Mid own, final MegacoEncoder encoder, final PoolElement element, final Counters counters) {
        this.own = own;
        this.encoder = encoder;
        this.element = element;
        this.counters = counters;
    }

    byte[] encode(final Transaction transaction) {
        return encoder.encode(MegacoMessage.of(own, transaction));
    }

    byte[] encodeError(final int code, final String text) {
        return encoder.encode(MegacoMessage.error(own, code, text));
    }

    /** @return whether the transport took it; if not, the other end or a timer asks for it again */
    boolean send(final int association, final int stream, final byte[] octets, final long nowNs) {
        final SendStatus status = element.sendToUser(association, stream, MegacoMessage.PPID, octets, 0,
            octets.length, nowNs);
        if (status != SendStatus.ACCEPTED) {
            counters.increment(MgCounter.SENDS_REFUSED);
        }
        return status == SendStatus.ACCEPTED;
    }
}
