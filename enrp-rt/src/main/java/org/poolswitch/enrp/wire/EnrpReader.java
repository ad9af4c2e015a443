// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.runtime.MalformedException;

/**
 * Reads ENRP messages. What is left of a message that could not be read whole (who sent it, what is to be reported)
 * stays here until the next {@link #read}.
 */
public final class EnrpReader {
    /** A message of 64 kilobytes has no more parameters than that. */
    private static final int MOST_PARAMETERS = 65_536 / 8;

    private final List<byte[]> unrecognized = new ArrayList<>();
    private int type;
    private int flags;
    private int sender;
    private int receiver;
    private boolean known;

    /**
     * Reads one message.
     *
     * @param message from the header on; octets behind the message's length are padding
     * @return the message, or null if its type is unknown
     * @throws MalformedException if it is not what RFC 5353 says; {@link #unrecognized} may have something all the same
     */
    public EnrpMessage read(final ByteBuffer message) throws MalformedException {
        unrecognized.clear();
        known = false;
        if (message.limit() < EnrpMessage.HEADER) {
            throw new MalformedException("shorter than an ENRP header");
        }
        type = message.get(0) & 0xff;
        flags = message.get(1);
        final int length = message.getShort(2) & 0xffff;
        if (length < EnrpMessage.HEADER || length > message.limit()) {
            throw new MalformedException("the message length does not fit");
        }
        sender = message.getInt(4);
        receiver = message.getInt(8);
        known = true;
        try {
            return body(message.slice(EnrpMessage.HEADER, length - EnrpMessage.HEADER));
        } catch (final BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new MalformedException("a message that ends too early");
        }
    }

    private EnrpMessage body(final ByteBuffer body) throws MalformedException {
        return switch (type) {
            case EnrpType.PRESENCE -> Presence.read(this, body);
            case EnrpType.HANDLE_TABLE_REQUEST -> HandleTableRequest.read(this);
            case EnrpType.HANDLE_TABLE_RESPONSE -> HandleTableResponse.read(this, body);
            case EnrpType.HANDLE_UPDATE -> HandleUpdate.read(this, body);
            case EnrpType.LIST_REQUEST -> ListRequest.read(this);
            case EnrpType.LIST_RESPONSE -> ListResponse.read(this, body);
            case EnrpType.INIT_TAKEOVER -> InitTakeover.read(this, body);
            case EnrpType.INIT_TAKEOVER_ACK -> InitTakeoverAck.read(this, body);
            case EnrpType.TAKEOVER_SERVER -> TakeoverServer.read(this, body);
            case EnrpType.ERROR -> EnrpError.read(this, body);
            default -> null;
        };
    }

    /** Whether the header could be read, so that {@link #type} and {@link #sender} are the message's. */
    public boolean hasHeader() {
        return known;
    }

    /** Type of the message. */
    public int type() {
        return type;
    }

    /** Who sent it. */
    public int sender() {
        return sender;
    }

    /** Whole parameters that are to be reported (cause 0x1): the second high bit of their type is set. */
    public List<byte[]> unrecognized() {
        return unrecognized;
    }

    int receiver() {
        return receiver;
    }

    int flags() {
        return flags;
    }

    ParameterReader parameters(final ByteBuffer body) {
        return new ParameterReader(body.slice(), MOST_PARAMETERS);
    }

    /** The current parameter is not known at its place: its two high bits say what to do (RFC 5354 section 3). */
    void unknown(final ParameterReader in) throws MalformedException {
        final boolean skip = in.skipUnknown();
        unrecognized.addAll(in.unrecognized());
        in.unrecognized().clear();
        if (!skip) {
            throw new MalformedException("a parameter that may not be skipped");
        }
    }

    PoolElementParameter element(final ParameterReader in) throws MalformedException {
        return PoolElementParameter.read(in.value(), unrecognized);
    }

    int target(final ByteBuffer body) throws MalformedException {
        if (body.remaining() < 4) {
            throw new MalformedException("no target");
        }
        return body.getInt(0);
    }
}
