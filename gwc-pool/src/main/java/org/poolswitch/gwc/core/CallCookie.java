// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.poolswitch.asap.CookieSeal;
import org.poolswitch.ras.Guid;

/**
 * A call in some eighty octets, sealed with the pool's key: what the signaling gateway keeps for the controller that
 * may have to take over.
 *
 * <pre>
 *  version 1 | stage | flags | cause | OPC (4) | DPC (4) | NI | SLS | CIC (2) | call identifier (16) | context (4) |
 *  media gateway's PE identifier (4) | machine's state (4) | called: length, digits | calling: length, digits |
 *  HMAC-SHA256, first 12 octets
 * </pre>
 *
 * @param stage         how far the call was, see {@link Stage}
 * @param flags         {@link #RINGING_SEEN}, {@link #ACM_SENT}
 * @param cause         of the release, if it has begun
 * @param context       H.248 context, 0 = none yet
 * @param mediaElement  PE identifier of the media gateway, 0 = none yet
 * @param machineState  the call machine's own state
 */
record CallCookie(Stage stage, int flags, int cause, CircuitId circuit, Guid callIdentifier, long context,
    int mediaElement, int machineState, String called, String calling) {
    /** Bits 1 and 4 are not used. */
    static final int RINGING_SEEN = 2;
    static final int ACM_SENT = 8;
    private static final int VERSION = 1;
    private static final int LONGEST_NUMBER = 32;

    /** Writes it, sealed. @return octets written */
    int seal(final CookieSeal seal, final byte[] out) {
        final ByteBuffer b = ByteBuffer.wrap(out);
        b.put((byte) VERSION).put((byte) stage.ordinal()).put((byte) flags).put((byte) cause).putInt(circuit.opc())
            .putInt(circuit.dpc()).put((byte) circuit.networkIndicator()).put((byte) circuit.sls())
            .putShort((short) circuit.cic()).putLong(callIdentifier.high()).putLong(callIdentifier.low())
            .putInt((int) context).putInt(mediaElement).putInt(machineState);
        number(b, called);
        number(b, calling);
        final int length = b.position();
        b.put(seal.of(out, 0, length));
        return b.position();
    }

    private static void number(final ByteBuffer b, final String digits) {
        final byte[] octets = digits.getBytes(StandardCharsets.US_ASCII);
        b.put((byte) octets.length).put(octets);
    }

    /** Reads it, or null if the seal is broken or the content is not ours. */
    static CallCookie open(final CookieSeal seal, final byte[] b, final int offset, final int length) {
        final int body = length - CookieSeal.OCTETS;
        if (body < 4 || !seal.isGood(b, offset, length)) {
            return null;
        }
        try {
            final ByteBuffer in = ByteBuffer.wrap(b, offset, body);
            if (in.get() != VERSION) {
                return null;
            }
            final Stage stage = Stage.values()[in.get()];
            final int flags = in.get() & 0xff;
            final int cause = in.get() & 0xff;
            final int opc = in.getInt();
            final int dpc = in.getInt();
            final CircuitId circuit = new CircuitId(opc, dpc, in.get() & 0xff, in.get() & 0xff, in.getShort() & 0xffff);
            final Guid call = new Guid(in.getLong(), in.getLong());
            return new CallCookie(stage, flags, cause, circuit, call, in.getInt() & 0xffffffffL, in.getInt(),
                in.getInt(), number(in), number(in));
        } catch (final BufferUnderflowException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static String number(final ByteBuffer in) {
        final byte[] octets = new byte[Math.min(LONGEST_NUMBER, in.get() & 0xff)];
        in.get(octets);
        return new String(octets, StandardCharsets.US_ASCII);
    }

    boolean has(final int flag) {
        return (flags & flag) != 0;
    }
}
