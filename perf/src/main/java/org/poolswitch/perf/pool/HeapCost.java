// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.HandlespaceLimits;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;

/** Octets of heap for one element of a handlespace: what is used with a million of them, less what was used before. */
final class HeapCost {
    private static final PoolHandle POOL = PoolHandle.of("bench");

    private HeapCost() {
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** @return octets for each of so many elements, all tables and orders included */
    static double perElement(final int elements, final int policy) throws Exception {
        final byte[] transport = TransportParameter.sctp(2905, TransportParameter.DATA_PLUS_CONTROL,
            List.of(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}))).octets();
        final byte[] values = PolicyParameter.of(policy, 1, 1).value();
        final long before = used();
        final Handlespace space = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(1));
        for (int i = 1; i <= elements; i++) {
            if (space.put(POOL, new PoolElementParameter(i, 1, 60_000, transport, values, transport)) != 0) {
                throw new IllegalStateException("the handlespace is full");
            }
        }
        final double each = (double) (used() - before) / elements;
        if (space.elements() != elements) {
            throw new IllegalStateException("elements are missing");
        }
        return each;
    }
}
