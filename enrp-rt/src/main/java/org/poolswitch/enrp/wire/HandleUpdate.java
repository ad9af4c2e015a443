// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import java.nio.ByteBuffer;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.MalformedException;

/**
 * ENRP_HANDLE_UPDATE (RFC 5353 section 2.4): an element came, changed or went.
 *
 * <pre>
 *  0x04 | 0 0 0 0 0 0 0 T | length | sender | receiver | action (2) | 0 (2) | Pool Handle | Pool Element
 * </pre>
 *
 * @param takeoverSuggested the T flag of draft-dreibholz-rserpool-enrp-takeover, which RSPLIB and tshark know: the
 *                          receiver should make itself the element's home
 * @param action            {@link #ADD_PE} or {@link #DEL_PE}
 * @param element           whole, also for DEL_PE
 */
public record HandleUpdate(int sender, int receiver, boolean takeoverSuggested, int action, PoolHandle handle,
    PoolElementParameter element) implements EnrpMessage {
    /** The element is there, new or changed. */
    public static final int ADD_PE = 0;
    /** The element is gone. */
    public static final int DEL_PE = 1;
    private static final int TAKEOVER_SUGGESTED = 0x01;

    static HandleUpdate read(final EnrpReader in, final ByteBuffer body) throws MalformedException {
        if (body.remaining() < 4) {
            throw new MalformedException("HANDLE_UPDATE without action");
        }
        final int action = body.getShort() & 0xffff;
        body.getShort();
        PoolHandle handle = null;
        PoolElementParameter element = null;
        final ParameterReader parameters = in.parameters(body);
        while (parameters.next()) {
            if (parameters.type() == ParameterType.POOL_HANDLE && handle == null) {
                handle = PoolHandle.read(parameters);
            } else if (parameters.type() == ParameterType.POOL_ELEMENT && element == null) {
                element = in.element(parameters);
            } else {
                in.unknown(parameters);
            }
        }
        if (action > DEL_PE || handle == null || element == null) {
            throw new MalformedException("HANDLE_UPDATE without action, handle or element");
        }
        return new HandleUpdate(in.sender(), in.receiver(), (in.flags() & TAKEOVER_SUGGESTED) != 0, action, handle,
            element);
    }

    /** Writes what comes before the element, for those who have its octets at hand. */
    public static void writeHead(final ParameterWriter out, final int sender, final int receiver,
        final boolean takeoverSuggested, final int action, final PoolHandle handle) {
        out.message(EnrpType.HANDLE_UPDATE, takeoverSuggested ? TAKEOVER_SUGGESTED : 0).word(sender).word(receiver)
            .half(action).half(0);
        handle.write(out);
    }

    @Override
    public void write(final ParameterWriter out) {
        writeHead(out, sender, receiver, takeoverSuggested, action, handle);
        element.write(out);
    }
}
