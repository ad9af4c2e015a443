// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.poolswitch.asap.CookieSeal;
import org.poolswitch.ras.Guid;

/**
 * An admission, sealed with the pool's key: what the controller keeps for the gatekeeper that may have to take over.
 *
 * <pre>
 *  version 1 | call identifier (16) | bandwidth (4) | endpoint identifier: length, text | HMAC-SHA256, first 12 octets
 * </pre>
 */
record AdmissionCookie(Guid callIdentifier, long bandwidth, String endpoint) {
    private static final int VERSION = 1;
    private static final int LEAST = 22;
    private static final int LONGEST_ENDPOINT = 128;

    byte[] seal(final CookieSeal seal) {
        final byte[] name = endpoint.getBytes(StandardCharsets.UTF_8);
        final byte[] text = name.length > LONGEST_ENDPOINT ? Arrays.copyOf(name, LONGEST_ENDPOINT) : name;
        final ByteBuffer out = ByteBuffer.allocate(LEAST + text.length + CookieSeal.OCTETS);
        out.put((byte) VERSION).putLong(callIdentifier.high()).putLong(callIdentifier.low()).putInt((int) bandwidth)
            .put((byte) text.length).put(text);
        out.put(seal.of(out.array(), 0, out.position()));
        return out.array();
    }

    /** Reads it, or null if the seal is broken or the content is not ours. */
    static AdmissionCookie open(final CookieSeal seal, final byte[] b, final int offset, final int length) {
        final int body = length - CookieSeal.OCTETS;
        if (body < LEAST || !seal.isGood(b, offset, length)) {
            return null;
        }
        try {
            final ByteBuffer in = ByteBuffer.wrap(b, offset, body);
            if (in.get() != VERSION) {
                return null;
            }
            final Guid call = new Guid(in.getLong(), in.getLong());
            final long bandwidth = in.getInt() & 0xffffffffL;
            final byte[] name = new byte[in.get() & 0xff];
            in.get(name);
            return new AdmissionCookie(call, bandwidth, new String(name, StandardCharsets.UTF_8));
        } catch (final BufferUnderflowException e) {
            return null;
        }
    }
}
