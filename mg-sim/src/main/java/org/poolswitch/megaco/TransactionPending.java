// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/**
 * {@code Pending = id {}}: the request is being worked on (RFC 3525 section 8.2.3).
 *
 * @param id the request's TransactionID
 */
public record TransactionPending(long id) implements Transaction {
}
