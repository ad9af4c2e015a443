// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

/** An IAM that waits until the circuit's last call is cleared. */
record WaitingIam(byte[] iam, int association, int stream) {
}
