// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/** Octets that all associations of one endpoint hold together, so that ten thousand of them cannot fill the heap. */
final class Totals {
    long sendOctets;
    long receiveOctets;
}
