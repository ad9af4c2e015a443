// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code Transaction = id {1*action}} (RFC 3525 section 8.2.1).
 *
 * @param id      TransactionID, unique at the sender for as long as its reply may be repeated
 * @param actions at least one; executed in order
 */
public record TransactionRequest(long id, List<ActionRequest> actions) implements Transaction {
    public TransactionRequest {
        actions = List.copyOf(actions);
    }

    /** A request with these actions. */
    public static TransactionRequest of(final long id, final ActionRequest... actions) {
        return new TransactionRequest(id, List.of(actions));
    }
}
