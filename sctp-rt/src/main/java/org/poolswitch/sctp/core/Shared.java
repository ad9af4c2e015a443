// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.random.RandomGenerator;
import org.poolswitch.observe.Counters;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;

/** What all associations of an endpoint use together. */
record Shared(SctpConfig config, Counters counters, EventQueue events, MessagePool pool, Totals totals,
    LocalAddresses addresses, AssociationTable table, Agenda agenda, Punctuality punctuality,
    Pauses pauses, RemotePorts remotePorts, SctpTransmitter out, RandomGenerator random) {

    /** For an endpoint with these addresses. */
    static Shared of(final SctpConfig config, final SctpAddress local, final RandomGenerator random,
        final SctpTransmitter out) {
        final Agenda agenda = new Agenda();
        return new Shared(config, new Counters(SctpCounter.class),
            new EventQueue(agenda::touch, config.maxQueuedEvents()), new MessagePool(), new Totals(),
            new LocalAddresses(local), new AssociationTable(config.maxAssociations()), agenda,
            Punctuality.ours(config), new Pauses(config), new RemotePorts(config), out, random);
    }

    /** A verification tag (RFC 9260 section 5.3.1): random, not 0, and not in use. */
    int newTag() {
        int tag = random.nextInt();
        while (tag == 0 || table.byTag(tag) != null || table.isUsed(tag)) {
            tag = random.nextInt();
        }
        return tag;
    }
}
