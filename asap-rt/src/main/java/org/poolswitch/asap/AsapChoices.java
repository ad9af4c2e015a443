// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import org.poolswitch.sctp.Setting;

/**
 * What a node does of the things that RFC 5352 leaves to it.
 *
 * @param businessCard whether our element tells users, when they come, which elements it wants to be replaced by
 *                     (section 2.2.14). Cards received are always honoured
 * @param standby      whether an association with a second registrar is kept, which takes over within a round trip
 * @param subscribe    whether a resolution asks for updates of the pool (S bit, section 2.2.5)
 * @param items        elements asked for with the Handle Resolution Option; 0 = as many as the registrar gives away, or
 *                     1 if every session asks (stale.cache.value=0)
 */
public record AsapChoices(
    @Setting("Business.Card") boolean businessCard,
    @Setting("Standby.Registrar") boolean standby,
    @Setting("Subscribe") boolean subscribe,
    @Setting("Resolution.Items") int items) {

    public AsapChoices {
        if (items < 0) {
            throw new IllegalArgumentException("Resolution.Items is a number of elements, or 0 for all: " + items);
        }
    }

    /** Registrars may fail without anybody waiting for it. The default. */
    public static AsapChoices carrier() {
        return new AsapChoices(false, true, true, 0);
    }

    /** No more than the standard asks for. */
    public static AsapChoices rfc() {
        return new AsapChoices(false, false, false, 0);
    }
}
