// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.util.HexFormat;

/** A machine threw: in production its node would have stopped. The stack is the machine's. */
final class NodeFailure extends IllegalStateException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 96;

    NodeFailure(final String node, final String input, final byte[] message, final Throwable cause) {
        super(node + ", " + input + show(message) + ": " + cause, cause);
        setStackTrace(cause.getStackTrace());
    }

    private static String show(final byte[] message) {
        return message == null ? "" : " of " + message.length + " octets "
            + HexFormat.of().formatHex(message, 0, Math.min(SHOWN, message.length));
    }
}
