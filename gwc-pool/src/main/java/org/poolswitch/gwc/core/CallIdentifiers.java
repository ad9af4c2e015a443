// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.poolswitch.ras.Guid;

/**
 * Call identifiers computed from the circuit and the IAM: two controllers that see the same IAM, one after the other,
 * give the call the same identifier, so that a gatekeeper recognises it. A circuit is not used again before its last
 * call is disengaged, so an identifier never means two calls.
 */
final class CallIdentifiers {
    private final MessageDigest digest;

    CallIdentifiers() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Guid of(final CircuitId circuit, final byte[] iam) {
        digest.update(ByteBuffer.allocate(8).putLong(circuit.key()).array());
        return Guid.of(digest.digest(iam), 0);
    }
}
