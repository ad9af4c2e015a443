// SPDX-License-Identifier: Apache-2.0
/** What single operations cost, without sockets. */
package org.poolswitch.perf.micro;
