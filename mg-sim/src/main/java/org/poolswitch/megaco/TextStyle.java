// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** The two ways to write the same message. */
public enum TextStyle {
    /** Long names, a line for each construct. */
    PRETTY,
    /** Short names and no white space: about a third of the octets. */
    COMPACT
}
