// SPDX-License-Identifier: Apache-2.0
/** Whole nodes on a network of messages, and a peer that sends them long, legal and other messages. */
package org.poolswitch.perf.simulate.node;
