// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/** Takes inputs out of an {@link Inbox}. */
@FunctionalInterface
public interface InboxHandler {
    /** One input. The slot is reused as soon as this returns. */
    void onInput(InboxSlot slot, long nowNs);
}
