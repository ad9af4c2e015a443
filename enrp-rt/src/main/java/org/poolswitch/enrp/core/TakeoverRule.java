// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

/**
 * Who goes on when two registrars want the same thing: both started to take over one dead peer (RFC 5353 section
 * 3.5.1), or both hold one element for theirs. All registrars of a mesh must agree.
 */
public enum TakeoverRule {
    /** The larger server identifier goes on, as RFC 5353 says. */
    RFC,
    /** The smaller one, as RSPLIB does: needed in a mesh with RSPLIB's registrar. */
    RSPLIB;

    /** Whether {@code a} goes on and {@code b} yields; identifiers are unsigned. */
    public boolean wins(final int a, final int b) {
        final int order = Integer.compareUnsigned(a, b);
        return this == RFC ? order > 0 : order < 0;
    }
}
