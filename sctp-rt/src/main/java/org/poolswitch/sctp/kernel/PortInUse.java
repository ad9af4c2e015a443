// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.net.BindException;

/** Somebody has the port: another node, or associations of a former process that still say goodbye. */
final class PortInUse extends BindException {
    private static final long serialVersionUID = 1;

    PortInUse(final String sentence, final Throwable cause) {
        super(sentence);
        initCause(cause);
    }
}
