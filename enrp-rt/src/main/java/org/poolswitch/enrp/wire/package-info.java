// SPDX-License-Identifier: Apache-2.0
/**
 * ENRP messages (RFC 5353 section 2), one small class each.
 */
package org.poolswitch.enrp.wire;
