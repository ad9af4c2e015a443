// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import org.poolswitch.rserpool.ParameterWriter;

/**
 * An ENRP message (RFC 5353 section 2). All begin alike:
 *
 * <pre>
 *  type (1) | flags (1) | length (2) | sender's server identifier (4) | receiver's (4)
 * </pre>
 */
public sealed interface EnrpMessage permits Presence, HandleTableRequest, HandleTableResponse, HandleUpdate,
    ListRequest, ListResponse, InitTakeover, InitTakeoverAck, TakeoverServer, EnrpError {
    /** Octets before what is particular to a message. */
    int HEADER = 12;

    /** Who sent it. */
    int sender();

    /** Whom it is for; 0 = whoever gets it. */
    int receiver();

    /** Writes the whole message; {@link ParameterWriter#finish} ends it. */
    void write(ParameterWriter out);

    /** Begins a message. */
    private static ParameterWriter begin(final ParameterWriter out, final int type, final int flags,
        final int sender, final int receiver) {
        return out.message(type, flags).word(sender).word(receiver);
    }

    /** Begins this message. */
    default ParameterWriter begin(final ParameterWriter out, final int type, final int flags) {
        return begin(out, type, flags, sender(), receiver());
    }
}
