// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.sctp.wire.Bytes;

/**
 * Error causes (RFC 9260 section 3.3.10), as the value of an ERROR chunk.
 *
 * <pre>
 *  cause code (2) | cause length (2) | information, padded
 * </pre>
 */
final class ErrorCauses {
    private static final int INVALID_STREAM = 1;
    private static final int UNRECOGNIZED_CHUNK = 6;
    /** Longest quotation: enough to recognise a chunk, too little to be worth provoking. */
    private static final int QUOTE_LIMIT = 256;

    private ErrorCauses() {
    }

    /** Invalid Stream Identifier (section 3.3.10.1). */
    static byte[] invalidStream(final int stream) {
        final byte[] cause = new byte[8];
        Bytes.put16(cause, 0, INVALID_STREAM);
        Bytes.put16(cause, 2, cause.length);
        Bytes.put16(cause, 4, stream);
        return cause;
    }

    /** Unrecognized Chunk Type (section 3.3.10.6): the chunk, or its beginning. */
    static byte[] unrecognizedChunk(final byte[] b, final int at, final int length) {
        final int quoted = Math.min(length, QUOTE_LIMIT);
        final byte[] cause = new byte[Bytes.padded(4 + quoted)];
        Bytes.put16(cause, 0, UNRECOGNIZED_CHUNK);
        Bytes.put16(cause, 2, 4 + quoted);
        System.arraycopy(b, at, cause, 4, quoted);
        return cause;
    }
}
