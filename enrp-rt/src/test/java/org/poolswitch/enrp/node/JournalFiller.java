// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.HandlespaceLimits;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;

/** A process that writes a journal as a registrar does, more than its disk holds. */
final class JournalFiller {
    static final int SERVER = 0x12345678;

    private JournalFiller() {
    }

    /** @param args the journal's directory, elements to put, octets that stay free, records before it is renewed */
    public static void main(final String[] args) throws Exception {
        final byte[] transport = TransportParameter.sctp(7, TransportParameter.DATA_PLUS_CONTROL,
            List.of(InetAddress.getLoopbackAddress())).octets();
        final PoolHandle pool = PoolHandle.of("pool");
        final Handlespace space = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(1));
        try (ChronicleJournal journal = ChronicleJournal.open(Path.of(args[0]), Long.parseLong(args[2]),
            Integer.parseInt(args[3]))) {
            journal.onLost(() -> System.out.println("lost after " + journal.records() + " records"));
            journal.identifier(SERVER);
            journal.attach(space);
            for (int id = 1; id <= Integer.parseInt(args[1]); id++) {
                final int refused = space.put(pool, new PoolElementParameter(id, SERVER, 1000, transport,
                    PolicyParameter.of(PolicyType.ROUND_ROBIN).value(), transport));
                if (refused != 0) {
                    throw new IllegalStateException("the handlespace refuses element " + id + ": " + refused);
                }
                journal.put(space.find(pool, id));
            }
        } catch (final ConfigException e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
        System.out.println("served on with " + space.elements() + " elements");
    }
}
