// SPDX-License-Identifier: Apache-2.0
/**
 * H.225.0 RAS (version 7, 12/2009) in aligned PER (X.691): what gateway controllers and gatekeepers say to each other.
 * {@link org.poolswitch.ras.RasCodec} is the way in; each message is one record of its own. Over SCTP a RAS message is
 * one user message with PPID {@link org.poolswitch.ras.RasCodec#PPID}.
 */
package org.poolswitch.ras;
