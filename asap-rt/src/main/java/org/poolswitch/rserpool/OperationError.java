// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * Operation Error parameter (RFC 5354 section 3.10): one or more causes.
 *
 * <pre>
 *  0x000c | length | cause code (2) | cause length (2) | information | padding | next cause ...
 * </pre>
 *
 * @param causes in the order of the wire
 */
public record OperationError(List<Cause> causes) {

    /**
     * One cause.
     *
     * @param code see {@link ErrorCause}
     * @param info what the cause carries: the parameter (0x1), message (0x2), values (0x3), the pool's policy (0x5) or
     *             transport (0x7), each whole; else nothing
     */
    public record Cause(int code, byte[] info) {
    }

    /** Octets that a cause, or a report of unknown parameters, quotes; what does not fit any more is not quoted. */
    public static final int MOST_QUOTED = 8_192;
    private static final int CAUSE_HEADER = 4;
    private static final byte[] NOTHING = new byte[0];

    public OperationError {
        causes = List.copyOf(causes);
    }

    /** A cause that carries nothing. */
    public static OperationError of(final int code) {
        return of(code, NOTHING);
    }

    /** A cause that carries something. */
    public static OperationError of(final int code, final byte[] info) {
        return new OperationError(List.of(new Cause(code, info)));
    }

    /** A cause that quotes something, unless that is longer than {@link #MOST_QUOTED}: then the cause stands alone. */
    public static OperationError quoting(final int code, final byte[] whole) {
        return of(code, whole.length > MOST_QUOTED ? NOTHING : whole);
    }

    /**
     * Unrecognized Parameter (section 3.10.1): one cause for each that fits into {@link #MOST_QUOTED} octets. A cause
     * is longer than what it quotes, so that of a message full of small parameters no message could quote all.
     *
     * @return null if not even one fits
     */
    public static OperationError unrecognizedParameters(final List<byte[]> whole) {
        final List<Cause> causes = new ArrayList<>();
        int room = MOST_QUOTED;
        for (final byte[] parameter : whole) {
            final int length = CAUSE_HEADER + (parameter.length + 3 & ~3);
            if (length <= room) {
                room -= length;
                causes.add(new Cause(ErrorCause.UNRECOGNIZED_PARAMETER, parameter));
            }
        }
        return causes.isEmpty() ? null : new OperationError(causes);
    }

    /** Reads the parameter's value. */
    public static OperationError read(final ByteBuffer value) throws MalformedException {
        final List<Cause> causes = new ArrayList<>();
        // a cause looks like a parameter: code, length, information, padding
        final ParameterReader in = new ParameterReader(value);
        while (in.next()) {
            causes.add(new Cause(in.type(), in.bytes()));
        }
        if (causes.isEmpty()) {
            throw new MalformedException("an Operation Error without cause");
        }
        return new OperationError(causes);
    }

    /** Code of the first cause. */
    public int code() {
        return causes.get(0).code();
    }

    /** Writes it. */
    public void write(final ParameterWriter out) {
        out.begin(ParameterType.OPERATION_ERROR);
        for (final Cause cause : causes) {
            out.parameter(cause.code(), cause.info());
        }
        out.end();
    }
}
