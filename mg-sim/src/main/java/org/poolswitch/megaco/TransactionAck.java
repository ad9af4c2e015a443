// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code TransactionResponseAck {1*range}}: these replies have arrived (RFC 3525 section D.1.2.1).
 *
 * @param ranges at least one
 */
public record TransactionAck(List<Range> ranges) implements Transaction {
    /**
     * TransactionIDs {@code first} to {@code last}.
     *
     * @param first the first
     * @param last  the last, equal to {@code first} for a single one
     */
    public record Range(long first, long last) {
    }

    public TransactionAck {
        ranges = List.copyOf(ranges);
    }
}
