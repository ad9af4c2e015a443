// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/**
 * Bytes from outside that are not what they claim to be. Caught at the edge, counted, dropped and answered as the
 * standard says; never seen by a core. It carries no stack trace, because hostile input must be cheap.
 */
public class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason one short sentence for the counter's log line */
    public MalformedException(final String reason) {
        super(reason, null, false, false);
    }
}
