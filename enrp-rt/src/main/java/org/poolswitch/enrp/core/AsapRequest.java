// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.MalformedException;

/**
 * One ASAP message as a registrar reads it (RFC 5352 section 2.2), where it lies: a resolution makes no garbage.
 *
 * <pre>
 *  type (1) | flags (1) | length (2) | parameters
 * </pre>
 */
final class AsapRequest {
    private static final int MOST_PARAMETERS = 256;
    private final List<byte[]> unrecognized = new ArrayList<>();
    private byte[] buffer;
    private int type;
    private int flags;
    private int handleAt;
    private int handleLength;
    private int elementAt;
    private int elementLength;
    private int identifier;
    private int items;

    /** Reads the header. @return where the message ends */
    private int header(final byte[] from, final int offset, final int length) throws MalformedException {
        buffer = from;
        unrecognized.clear();
        handleLength = 0;
        elementLength = 0;
        identifier = 0;
        items = 0;
        if (length < 4) {
            throw new MalformedException("shorter than an ASAP header");
        }
        type = from[offset] & 0xff;
        flags = from[offset + 1] & 0xff;
        final int said = half(offset + 2);
        if (said < 4 || said > length) {
            throw new MalformedException("the message length does not fit");
        }
        return offset + said;
    }

    /** Reads a whole message. What must be reported is in {@link #unrecognized}, also when this throws. */
    void read(final byte[] from, final int offset, final int length) throws MalformedException {
        final int end = header(from, offset, length);
        int at = offset + 4;
        for (int n = 0; end - at >= 4; n++) {
            final int size = half(at + 2);
            if (size < 4 || size > end - at || n == MOST_PARAMETERS) {
                throw new MalformedException("a parameter is longer than what is left");
            }
            parameter(half(at), at, size);
            at += size + 3 & ~3;
        }
    }

    private void parameter(final int parameter, final int at, final int size) throws MalformedException {
        switch (parameter) {
            case ParameterType.POOL_HANDLE -> {
                if (size < 5 || size > 4 + PoolHandle.LONGEST) {
                    throw new MalformedException("a pool handle of " + (size - 4) + " octets");
                }
                handleAt = at + 4;
                handleLength = size - 4;
            }
            case ParameterType.PE_IDENTIFIER -> identifier = word(at, size);
            case ParameterType.POOL_ELEMENT -> {
                elementAt = at + 4;
                elementLength = size - 4;
            }
            case ParameterType.HANDLE_RESOLUTION_OPTION -> items = word(at, size);
            case ParameterType.OPERATION_ERROR -> { }
            default -> unknown(parameter, at, size);
        }
    }

    /** RFC 5354 section 3: the two high bits say what to do with what is not known. */
    private void unknown(final int parameter, final int at, final int size) throws MalformedException {
        if ((parameter & 0x4000) != 0) {
            unrecognized.add(Arrays.copyOfRange(buffer, at, at + size));
        }
        if ((parameter & 0x8000) == 0) {
            throw new MalformedException("a parameter that may not be skipped");
        }
    }

    private int half(final int at) {
        return (buffer[at] & 0xff) << 8 | buffer[at + 1] & 0xff;
    }

    private int word(final int at, final int size) throws MalformedException {
        if (size < 8) {
            throw new MalformedException("a parameter is too short");
        }
        return half(at + 4) << 16 | half(at + 6);
    }

    int type() {
        return type;
    }

    int flags() {
        return flags;
    }

    /** What must be reported to the sender, each parameter whole. */
    List<byte[]> unrecognized() {
        return unrecognized;
    }

    void needHandle() throws MalformedException {
        if (handleLength == 0) {
            throw new MalformedException("no pool handle");
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int handleAt() {
        return handleAt;
    }

    int handleLength() {
        return handleLength;
    }

    /** A copy of the handle. */
    PoolHandle handle() {
        return new PoolHandle(Arrays.copyOfRange(buffer, handleAt, handleAt + handleLength));
    }

    /** PE identifier, 0 if there is none. */
    int identifier() {
        return identifier;
    }

    /** How many elements the user wants, 0 if it does not say. */
    int items() {
        return items;
    }

    /** The element, or null if there is none. */
    PoolElementParameter element() throws MalformedException {
        return elementLength == 0 ? null
            : PoolElementParameter.read(ByteBuffer.wrap(buffer, elementAt, elementLength).slice(), unrecognized);
    }

    /** The element's identifier as far as it can be read, for an answer to an element that is broken. */
    int elementIdentifier() {
        return elementLength < 4 ? 0 : half(elementAt) << 16 | half(elementAt + 2);
    }

    /** The Pool Element parameter whole. */
    byte[] wholeElement() {
        return Arrays.copyOfRange(buffer, elementAt - 4, elementAt + elementLength);
    }
}
