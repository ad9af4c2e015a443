// SPDX-License-Identifier: Apache-2.0
/** {@code poolswitch bench pool}: how fast registrars are, ours and RSPLIB's, under one load. */
package org.poolswitch.perf.pool;
