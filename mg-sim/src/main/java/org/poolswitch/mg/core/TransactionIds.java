// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.random.RandomGenerator;
import org.poolswitch.megaco.Transaction;

/** Our own TransactionIDs, from a random start: a restarted gateway must not look like one that repeats itself. */
final class TransactionIds {
    private long last;

    TransactionIds(final RandomGenerator random) {
        last = random.nextInt() & Transaction.MAX_ID;
    }

    long next() {
        last = last + 1 & Transaction.MAX_ID;
        return last;
    }
}
