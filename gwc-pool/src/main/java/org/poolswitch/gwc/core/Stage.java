// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

/** Where a call stands towards the caller. The order is that of the cookie: do not change it. */
enum Stage {
    /** No call; a cookie of this stage tells the next controller that there is nothing to do. */
    IDLE,
    /** IAM received. */
    SETUP,
    /** ACM sent. */
    ALERTING,
    /** ANM sent. */
    ANSWERED,
    /** REL sent, RLC awaited. */
    RELEASING,
    /** REL received: everything is given back, then RLC goes. */
    RELEASED,
    /** RLC received: everything is given back. */
    CLEARING
}
