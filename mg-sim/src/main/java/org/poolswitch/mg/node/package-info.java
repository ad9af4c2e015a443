// SPDX-License-Identifier: Apache-2.0
/** The media gateway as a process. */
package org.poolswitch.mg.node;
