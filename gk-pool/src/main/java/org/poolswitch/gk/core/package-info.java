// SPDX-License-Identifier: Apache-2.0
/** The gatekeeper as a pure machine. */
package org.poolswitch.gk.core;
