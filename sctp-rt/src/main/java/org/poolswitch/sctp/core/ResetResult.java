// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/** Results in a Re-configuration Response Parameter (RFC 6525 section 4.4). */
final class ResetResult {
    static final int NOTHING_TO_DO = 0;
    static final int PERFORMED = 1;
    static final int DENIED = 2;
    static final int WRONG_SSN = 3;
    static final int ALREADY_IN_PROGRESS = 4;
    static final int BAD_SEQUENCE_NUMBER = 5;
    static final int IN_PROGRESS = 6;

    private ResetResult() {
    }
}
