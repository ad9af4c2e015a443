// SPDX-License-Identifier: Apache-2.0
/** {@code poolswitch bench sctp}: what user-space SCTP costs and how soon it notices a death. */
package org.poolswitch.perf.sctp;
