// SPDX-License-Identifier: Apache-2.0
/** What users plug into a gatekeeper: the decision whether a call may be made. */
package org.poolswitch.gk.admission;
