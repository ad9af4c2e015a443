// SPDX-License-Identifier: Apache-2.0
/** The signaling gateway as a process. */
package org.poolswitch.sg.node;
