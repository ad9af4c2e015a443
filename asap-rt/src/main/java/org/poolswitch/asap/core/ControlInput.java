// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.nio.ByteBuffer;
import java.util.List;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.MalformedException;

/**
 * One control message while it is read: its header, and the walk over its parameters. Unknown parameters are treated as
 * their type's high bits say (RFC 5354 section 3); those to be reported are in {@link #unrecognized}, even if the
 * message turns out to be malformed.
 *
 * <pre>
 *  type (1) | flags (1) | length (2) | parameters; ENDPOINT_KEEP_ALIVE has a server identifier (4) before them
 * </pre>
 */
final class ControlInput {
    final int association;
    final int stream;
    final byte[] buffer;
    final int offset;
    final int length;
    final long nowNs;
    private ParameterReader in = new ParameterReader(ByteBuffer.allocate(0));

    ControlInput(final int association, final int stream, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        this.association = association;
        this.stream = stream;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.nowNs = nowNs;
    }

    /** Message type, unsigned; -1 if there is not even a header. */
    int type() {
        return length < 4 ? -1 : buffer[offset] & 0xff;
    }

    boolean flag(final int bit) {
        return (buffer[offset + 1] & bit) != 0;
    }

    /** A word of the fixed part. */
    int word(final int at) {
        return ByteBuffer.wrap(buffer, offset, length).getInt(offset + at);
    }

    /** Begins the walk behind the fixed part. @param fixed its octets, header included */
    void begin(final int fixed) throws MalformedException {
        if (length < fixed) {
            throw new MalformedException("shorter than what every such message has");
        }
        final int said = (buffer[offset + 2] & 0xff) << 8 | buffer[offset + 3] & 0xff;
        if (said < fixed || said > length) {
            throw new MalformedException("a message longer than what came");
        }
        in = new ParameterReader(ByteBuffer.wrap(buffer, offset + fixed, said - fixed));
    }

    ParameterReader in() {
        return in;
    }

    List<byte[]> unrecognized() {
        return in.unrecognized();
    }

    /** The pool handle, which must come now. */
    byte[] handle() throws MalformedException {
        final ByteBuffer value = mandatory(ParameterType.POOL_HANDLE);
        if (value.limit() < 1 || value.limit() > PoolHandle.LONGEST) {
            throw new MalformedException("a pool handle of " + value.limit() + " octets");
        }
        return in.bytes();
    }

    /** Goes to a parameter that must come now; unknown ones before it are treated as their type says. */
    ByteBuffer mandatory(final int type) throws MalformedException {
        while (in.next()) {
            if (in.type() == type) {
                return in.value();
            }
            if (in.type() <= ParameterType.OPAQUE_TRANSPORT || !in.skipUnknown()) {
                throw new MalformedException("another parameter where a mandatory one belongs");
            }
        }
        throw new MalformedException("a mandatory parameter is missing");
    }

    /** Goes to an optional parameter that comes last. @return false if it is not there */
    boolean optional(final int type) throws MalformedException {
        while (in.next()) {
            if (in.type() == type) {
                return true;
            }
            unknown();
        }
        return false;
    }

    /** The current parameter is none that is known here. */
    void unknown() throws MalformedException {
        if (!in.skipUnknown()) {
            throw new MalformedException("a parameter that may not be skipped");
        }
    }

    /** Walks to the end: nothing more is expected. */
    void rest() throws MalformedException {
        while (in.next()) {
            unknown();
        }
    }
}
