// SPDX-License-Identifier: Apache-2.0
/** The gatekeeper as a process. */
package org.poolswitch.gk.node;
